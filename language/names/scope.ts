import {
  type AstNode,
  type AstNodeDescription,
  AstUtils,
  type ReferenceInfo,
  type Scope,
  type ScopeProvider,
  stream,
} from 'langium';
import type { CheckingServices } from '../checking-services.ts';
import {
  type Architecture,
  type Element,
  isArchitecture,
  isHazard,
  isRemoval,
  isScenario,
  type Scenario,
} from '../generated/ast.ts';
import type { FileNames } from './files.ts';

/** Scopes are look-ups in maps that are made once for each architecture, never a walk for each reference. */
export class P2PArchScopeProvider implements ScopeProvider {
  private readonly names: FileNames;

  constructor(services: CheckingServices) {
    this.names = services.names.FileNames;
  }

  getScope({ container, property }: ReferenceInfo): Scope {
    const document = AstUtils.getDocument(container);
    const declarations = this.names.declarations(document);
    if ((isArchitecture(container) && property === 'base') || (isScenario(container) && property === 'architectures')) {
      return this.scope([this.names.architectures(document)]);
    }
    const architectures = this.architecturesAround(container);
    const members = architectures.map((architecture) => this.names.members(architecture).elements);
    if (isRemoval(container)) {
      return this.scope([
        ...members,
        ...architectures.map((architecture) => this.names.members(architecture).scenarios),
      ]);
    }
    return new Scopes([this.scope(members), this.scope([declarations as ReadonlyMap<string, AstNode>], isHazard)]);
  }

  /** The architectures in which the words at `node` look up their names; for `without`, the base alone. */
  private architecturesAround(node: AstNode): Architecture[] {
    const around = AstUtils.getContainerOfType(node, isArchitecture);
    if (around && isRemoval(node)) {
      const base = this.names.baseOf(around);
      return base ? [base] : [];
    }
    if (around) return [around];
    const scenario = AstUtils.getContainerOfType(node, isScenario);
    return scenario ? this.architecturesOf(scenario) : [];
  }

  private architecturesOf(scenario: Scenario): Architecture[] {
    return scenario.architectures.flatMap((reference) => reference.ref ?? []);
  }

  /** The names among which a reference is looked up, of the kinds that may stand there if `kinds` says which. */
  candidates(info: ReferenceInfo, kinds?: readonly string[]): string[] {
    const scope = this.getScope(info);
    const parts = scope instanceof Scopes ? scope.scopes : [scope];
    return parts.flatMap((part) => (part instanceof NamedScope ? part.names(kinds) : []));
  }

  private scope(maps: readonly ReadonlyMap<string, AstNode>[], admits: (node: AstNode) => boolean = () => true): Scope {
    return new NamedScope(maps, admits);
  }
}

/** Looks a name up in maps, the first of which that has it wins. */
class NamedScope implements Scope {
  constructor(
    private readonly maps: readonly ReadonlyMap<string, AstNode>[],
    private readonly admits: (node: AstNode) => boolean,
  ) {}

  getElement(name: string): AstNodeDescription | undefined {
    const node = this.maps.map((map) => map.get(name)).find((found) => found !== undefined && this.admits(found));
    return node && describe(node, name);
  }

  /** The names of nodes of certain kinds, without a description for each. */
  names(kinds?: readonly string[]): string[] {
    const entries = this.maps.flatMap((map) => [...map]);
    return entries.flatMap(([name, node]) =>
      this.admits(node) && (kinds?.includes(node.$type) ?? true) ? [name] : [],
    );
  }

  getElements(name: string) {
    const element = this.getElement(name);
    return stream(element ? [element] : []);
  }

  getAllElements() {
    const names = new Set(this.maps.flatMap((map) => [...map.keys()]));
    return stream([...names].flatMap((name) => this.getElement(name) ?? []));
  }
}

/** No more than a link needs: a description with paths for each reference would be made for nobody. */
function describe(node: AstNode, name: string): AstNodeDescription {
  return {
    node,
    name,
    type: node.$type,
    path: '',
    get documentUri() {
      return AstUtils.getDocument(node).uri;
    },
  };
}

/** Inner names hide outer ones. */
class Scopes implements Scope {
  constructor(readonly scopes: readonly Scope[]) {}

  getElement(name: string): AstNodeDescription | undefined {
    for (const scope of this.scopes) {
      const element = scope.getElement(name);
      if (element) return element;
    }
    return undefined;
  }

  getElements(name: string) {
    const element = this.getElement(name);
    return stream(element ? [element] : []);
  }

  getAllElements() {
    return stream(this.scopes.flatMap((scope) => scope.getAllElements().toArray())).distinct((element) => element.name);
  }
}

/** How a kind of element is called in sentences. */
export const KIND_WORDS: Readonly<Record<Element['$type'] | 'Architecture' | 'Scenario', string>> = {
  Component: 'component',
  Group: 'group',
  Service: 'service',
  Hazard: 'hazard',
  Architecture: 'architecture',
  Scenario: 'scenario',
};
