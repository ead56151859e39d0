/** As much of the editor as a panel uses, in the place of the module `vscode`. */
export interface StubOptions {
  /** Is told what is shown in the user's windows. */
  readonly onShow?: (given: readonly unknown[]) => void;
  readonly settings?: Readonly<Record<string, unknown>>;
}

export function editorStub({ onShow = () => {}, settings = {} }: StubOptions = {}) {
  const uri = (text: string) => ({ toString: () => text });
  return {
    Uri: { parse: uri, joinPath: (base: object, ...parts: string[]) => uri([base, ...parts].join('/')) },
    ViewColumn: { One: 1 },
    Range: class {},
    commands: { executeCommand: async () => undefined },
    window: {
      activeTextEditor: undefined,
      visibleTextEditors: [],
      tabGroups: { all: [] },
      onDidChangeTextEditorSelection: () => ({ dispose() {} }),
      showTextDocument: async (...given: unknown[]) => onShow(given),
    },
    workspace: { getConfiguration: () => ({ get: (name: string) => settings[name] }) },
  };
}
