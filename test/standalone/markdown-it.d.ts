/** As much of it as the tests use. */
declare module 'markdown-it' {
  export interface Token {
    readonly type: string;
    readonly info: string;
    readonly content: string;
    readonly children?: readonly Token[] | null;
  }
  export default class MarkdownIt {
    constructor(options: { readonly html: boolean; readonly linkify: boolean });
    readonly renderer: {
      readonly rules: {
        fence?(tokens: readonly Token[], at: number, options: unknown, environment: unknown, renderer: unknown): string;
      };
    };
    parse(text: string, environment: object): Token[];
    render(text: string, environment: object): string;
  }
}
