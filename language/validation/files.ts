import { type AstNode, AstUtils, type ValidationAcceptor } from 'langium';
import type { Architecture, Declaration, Element, File } from '../generated/ast.ts';
import { type FileNames, fileOf, importedUri, ownDeclarations } from '../names/files.ts';
import { declaredElements, effectiveMembers, removalsOf } from '../names/members.ts';
import { KIND_WORDS } from '../names/scope.ts';

/** Imports that cannot be read, and names given twice in a file and what it imports. */
export function checkFile(names: FileNames, file: File, accept: ValidationAcceptor): void {
  const document = AstUtils.getDocument(file);
  const seen = new Map<string, Declaration>();
  const imported = new Set<string>();
  for (const node of file.imports) {
    if (node.path === undefined) continue;
    const uri = importedUri(document.uri, node)?.toString();
    const other = names.importedFile(document, node);
    if (uri === document.uri.toString()) {
      accept('error', 'The file imports itself.', { node, property: 'path' });
    } else if (other === undefined) {
      accept('error', `"${node.path}" cannot be read.`, { node, property: 'path' });
    } else if (imported.has(uri as string)) {
      accept('error', `"${node.path}" is imported twice.`, { node, property: 'path' });
    } else {
      imported.add(uri as string);
      const clash = ownDeclarations(fileOf(other)).find((declaration) => seen.has(declaration.name));
      if (clash) {
        accept('error', `"${clash.name}" comes from two imports.`, { node, property: 'path' });
      }
      for (const declaration of ownDeclarations(fileOf(other))) seen.set(declaration.name, declaration);
    }
  }
  for (const declaration of ownDeclarations(file)) {
    const other = seen.get(declaration.name);
    if (other) givenTwice(declaration, other, accept);
    else seen.set(declaration.name, declaration);
  }
}

function givenTwice(node: Element | Declaration, first: Element | Declaration, accept: ValidationAcceptor): void {
  const elsewhere = AstUtils.getDocument(first) === AstUtils.getDocument(node) ? '' : ', in an imported file';
  const message = `The name "${node.name}" is given twice: there is ${article(KIND_WORDS[first.$type])} of that name${elsewhere}.`;
  accept('error', message, { node: node as Element, property: 'name' });
}

const article = (word: string): string => `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;

/** Names given twice, circles of `extends`, and what a variant leaves without its target. */
export function checkArchitecture(names: FileNames, architecture: Architecture, accept: ValidationAcceptor): void {
  const seen = new Map<string, Element>();
  for (const element of declaredElements(architecture)) {
    const other = seen.get(element.name);
    if (other) givenTwice(element, other, accept);
    else seen.set(element.name, element);
  }
  if (closesCircle(names, architecture)) {
    const message = `"${architecture.name}" extends itself${architecture.base?.$refText === architecture.name ? '' : ' in a circle'}.`;
    accept('error', message, { node: architecture, property: 'base' });
  }
  checkLosses(names, architecture, accept);
}

/** Of the architectures of a circle, the last in order of file and text is said to close it. */
function closesCircle(names: FileNames, architecture: Architecture): boolean {
  const circle = [architecture];
  for (let at = names.baseOf(architecture); at !== architecture; at = names.baseOf(at as Architecture)) {
    if (at === undefined || circle.includes(at)) return false;
    circle.push(at);
  }
  const order = (left: Architecture, right: Architecture): number =>
    AstUtils.getDocument(left).uri.toString().localeCompare(AstUtils.getDocument(right).uri.toString()) ||
    (left.$cstNode?.offset ?? 0) - (right.$cstNode?.offset ?? 0);
  return circle.sort(order).at(-1) === architecture;
}

/** An inherited member that names what this variant leaves out is told at the `without` that does it. */
function checkLosses(names: FileNames, architecture: Architecture, accept: ValidationAcceptor): void {
  const removals = removalsOf(architecture);
  if (removals.length === 0) return;
  const bases = names.chainOf(architecture).slice(0, -1);
  const before = effectiveMembers(bases).elements;
  const members = names.members(architecture);
  const kept: AstNode[] = [
    ...[...members.elements.values()].filter((element) => element.$container.$type !== 'Group'),
    ...members.requirements,
    ...members.acceptances,
    ...members.scenarios.values(),
  ].filter((member) => AstUtils.getContainerOfType(member, isSameNode(architecture)) === undefined);
  const told = new Set<string>();
  for (const node of kept.flatMap((member) => AstUtils.streamAst(member).toArray())) {
    for (const { reference } of AstUtils.streamReferences(node)) {
      const name = reference.$refText;
      if (members.elements.has(name) || !before.has(name) || told.has(name)) continue;
      const removal = removals.find((candidate) => takesWithIt(before, candidate.target?.$refText, name));
      if (removal === undefined) continue;
      told.add(name);
      const needy = AstUtils.getContainerOfType(node, hasName);
      const who = needy?.name ? `${needy.name}, which stays,` : `A member that stays`;
      accept('error', `${who} names "${name}". Leave that out too, or replace it.`, {
        node: removal,
        property: 'target',
      });
    }
  }
}

const isSameNode =
  (wanted: AstNode) =>
  (node: AstNode): node is AstNode =>
    node === wanted;

const hasName = (node: AstNode): node is AstNode & { name: string } =>
  typeof (node as { name?: unknown }).name === 'string';

function takesWithIt(elements: ReadonlyMap<string, Element>, removed: string | undefined, name: string): boolean {
  for (let at: AstNode | undefined = elements.get(name); at; at = at.$container) {
    if ((at as { name?: string }).name === removed) return true;
  }
  return false;
}
