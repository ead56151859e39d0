import { AstUtils, EmptyFileSystemProvider, type LangiumDocument, URI } from 'langium';
import { walk } from '../../language/names/walk.ts';
import { createP2PArchServices } from '../../language/services.ts';

const uriOf = (name: string): URI => URI.parse(`file:///review/${name}`);

/** A folder of files that are edited one at a time, and checked after each edit as a language server does. */
export class EditedWorkspace {
  private readonly texts = new Map<string, string>();
  private readonly services;

  private constructor(texts: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(texts)) this.texts.set(uriOf(name).toString(), text);
    const readFile = async (uri?: URI): Promise<string> => {
      const text = this.texts.get(String(uri));
      if (text === undefined) throw new Error(`no file ${uri}`);
      return text;
    };
    this.services = createP2PArchServices({
      fileSystemProvider: () => Object.assign(new EmptyFileSystemProvider(), { readFile }),
    });
    this.services.language.problems.Problems.configure(() => ({ today: '2026-01-01' }));
  }

  static async open(texts: Readonly<Record<string, string>>): Promise<EditedWorkspace> {
    const workspace = new EditedWorkspace(texts);
    const { LangiumDocuments, DocumentBuilder } = workspace.services.shared.workspace;
    const documents: LangiumDocument[] = [];
    for (const name of Object.keys(texts)) documents.push(await LangiumDocuments.getOrCreateDocument(uriOf(name)));
    await DocumentBuilder.build(documents, { validation: true });
    return workspace;
  }

  async edit(name: string, text: string): Promise<void> {
    this.texts.set(uriOf(name).toString(), text);
    await this.services.shared.workspace.DocumentBuilder.update([uriOf(name)], []);
  }

  async delete(name: string): Promise<void> {
    this.texts.delete(uriOf(name).toString());
    await this.services.shared.workspace.DocumentBuilder.update([], [uriOf(name)]);
  }

  /** Of every file what is wrong in it, and where each of its references leads. */
  describe(): unknown {
    const { LangiumDocuments } = this.services.shared.workspace;
    const documents = LangiumDocuments.all
      .toArray()
      .sort((left, right) => (String(left.uri) < String(right.uri) ? -1 : 1));
    return documents.map((document) => ({
      uri: document.uri.toString(),
      problems: this.services.language.problems.Problems.of(document),
      diagnostics: document.diagnostics,
      models: this.services.language.problems.Problems.models.architectures(document).map(({ model }) => model),
      references: referencesOf(document),
      listed: new Set(document.references).size,
    }));
  }
}

function referencesOf(document: LangiumDocument): unknown[] {
  const references: unknown[] = [];
  walk(
    document.parseResult.value,
    () => {},
    (_, property, reference) => {
      const target = reference.ref;
      const found = target && [String(AstUtils.getDocument(target).uri), target.$type, target.$cstNode?.range];
      references.push([property, reference.$refText, reference.$refNode?.range, found, reference.error?.message]);
    },
  );
  return references;
}
