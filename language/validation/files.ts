import { AstUtils, type ValidationAcceptor } from 'langium';
import {
  type Architecture,
  type Declaration,
  type Element,
  type File,
  isScenario,
  type Scenario,
} from '../generated/ast.ts';
import { type FileNames, fileOf, importedUri, ownDeclarations } from '../names/files.ts';
import { declaredElements, removalsOf } from '../names/members.ts';
import { KIND_WORDS } from '../names/scope.ts';
import { mistake } from './mistakes.ts';

/** Imports that cannot be read, and names given twice in a file and what it imports. */
export function checkFile(names: FileNames, file: File, accept: ValidationAcceptor): void {
  const document = AstUtils.getDocument(file);
  const seen = new Map<string, Declaration>();
  const imported = new Set<string>();
  for (const node of file.imports) {
    if (node.path === undefined) continue;
    const uri = importedUri(document.uri, node)?.toString();
    const other = names.importedFile(document, node);
    // What a file imports of itself, or twice, it has already.
    if (uri === document.uri.toString() || imported.has(uri as string)) continue;
    imported.add(uri as string);
    if (other === undefined) {
      const why = node.path.endsWith('.p2parch') ? 'cannot be read' : 'is no .p2parch file';
      accept('error', `"${node.path}" ${why}.`, { node, property: 'path', data: mistake('unreadable-import') });
      continue;
    }
    const clashes = ownDeclarations(fileOf(other)).filter((declaration) => seen.has(declaration.name));
    if (clashes.length > 0) {
      const clashing = clashes.map(({ name }) => `"${name}"`).join(', ');
      accept('error', `Another import has declared ${clashing} already.`, { node, property: 'path' });
    }
    for (const declaration of ownDeclarations(fileOf(other))) seen.set(declaration.name, declaration);
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

/** Names given twice, and circles of `extends`. */
export function checkArchitecture(names: FileNames, architecture: Architecture, accept: ValidationAcceptor): void {
  const seen = new Map<string, Element>();
  for (const element of declaredElements(architecture)) {
    const other = seen.get(element.name);
    if (other) givenTwice(element, other, accept);
    else seen.set(element.name, element);
  }
  const scenarios = new Map<string, Scenario>();
  for (const scenario of architecture.members.filter(isScenario)) {
    const other = scenarios.get(scenario.name);
    if (other) givenTwice(scenario, other, accept);
    else if (scenario.name !== undefined) scenarios.set(scenario.name, scenario);
  }
  const removed = new Set<string>();
  for (const removal of removalsOf(architecture)) {
    const name = removal.target?.$refText;
    if (name === undefined) continue;
    if (removed.has(name)) {
      accept('error', `"without ${name}" is given twice.`, { node: removal, data: mistake('given-twice') });
    }
    removed.add(name);
  }
  if (closesCircle(names, architecture)) {
    const message = `"${architecture.name}" extends itself${architecture.base?.$refText === architecture.name ? '' : ' in a circle'}.`;
    accept('error', message, { node: architecture, property: 'base', data: mistake('extends-itself') });
  }
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
