import { DocumentState, EmptyFileSystem, URI } from 'langium';
import { describe, expect, test } from 'vitest';
import { createP2PArchServices } from '../../language/services.ts';

describe('Whoever asks about a file that was just opened', () => {
  test('waits until it is built, though all other files are', async () => {
    const { shared } = createP2PArchServices(EmptyFileSystem);
    const { LangiumDocuments, LangiumDocumentFactory, DocumentBuilder } = shared.workspace;
    const opened = (name: string) => {
      const document = LangiumDocumentFactory.fromString('hazard Storm\n', URI.parse(`file:///${name}.p2parch`));
      LangiumDocuments.addDocument(document);
      return document;
    };
    await DocumentBuilder.build([opened('first')], { validation: true });
    const second = opened('second');
    const states = [DocumentState.IndexedReferences, DocumentState.Linked, DocumentState.Validated];
    const asked = states.map((state) => DocumentBuilder.waitUntil(state, second.uri));
    await DocumentBuilder.build([second], { validation: true });
    expect(await Promise.all(asked)).toEqual(states.map(() => second.uri));
    expect(second.state).toBe(DocumentState.Validated);
  });
});
