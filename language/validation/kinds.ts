import { AstUtils, type ValidationAcceptor } from 'langium';
import type { Element, File } from '../generated/ast.ts';
import { expectationOf } from '../names/kinds.ts';
import { KIND_WORDS } from '../names/scope.ts';

/** The right name of the wrong kind, wherever a name may stand. */
export function checkKinds(file: File, accept: ValidationAcceptor): void {
  for (const node of AstUtils.streamAst(file)) {
    for (const { reference, property, index } of AstUtils.streamReferences(node)) {
      const target = 'ref' in reference ? (reference.ref as Element | undefined) : undefined;
      const expected = expectationOf(node, property);
      if (!target || !expected || expected.kinds.includes(target.$type)) continue;
      const message = `"${reference.$refText}" is a ${KIND_WORDS[target.$type]}; a ${expected.words} is needed here.`;
      accept('error', message, { node, property: property as never, ...(index === undefined ? {} : { index }) });
    }
  }
}
