import { type AstNode, AstUtils, type CstNode } from 'langium';
import type * as model from '../core/model/index.ts';
import { type Architecture, type Component, type Hazard, isExposure } from '../generated/ast.ts';
import type { Epoch, Epochs } from '../names/epochs.ts';
import { groupsAround } from '../names/members.ts';
import { documentationBefore } from '../parsing/movable.ts';

/** A component's model, and the declarations of the hazards that strike it. */
export interface LoweredComponent {
  readonly model: model.Component;
  readonly hazards: readonly Hazard[];
}

/** All that a component's model comes from. */
interface Origin {
  readonly words: CstNode | undefined;
  readonly documentation: string | undefined;
  readonly around: readonly unknown[];
  /** Of the architecture's file and the component's: between them they say what each name means. */
  readonly epochs: readonly Epoch[];
}

/**
 * The components of architectures as they were lowered last: one whose words stand as they stood, with every name in them
 * meaning what it meant, is the same object again. So an edit costs what it changes, and what is known of a component by
 * the object goes on being known.
 */
export class LoweredComponents {
  private readonly epochs: Epochs;
  private readonly kept = new WeakMap<
    Architecture,
    WeakMap<Component, { readonly origin: Origin; readonly lowered: LoweredComponent }>
  >();

  constructor(epochs: Epochs) {
    this.epochs = epochs;
  }

  /** `lower` makes what is not kept. */
  of(architecture: Architecture): (component: Component, lower: () => LoweredComponent) => LoweredComponent {
    const kept = this.kept.get(architecture) ?? new WeakMap();
    this.kept.set(architecture, kept);
    const own = AstUtils.getDocument(architecture);
    const epoch = this.epochs.of(own);
    return (component, lower) => {
      const document = fileAround(component, architecture) ?? own;
      const origin: Origin = {
        words: component.$cstNode,
        documentation: documentationBefore(component.$cstNode),
        around: groupsAround(component).flatMap((group) => [
          group.name,
          ...group.members.filter(isExposure).map(({ $cstNode }) => $cstNode),
        ]),
        epochs: document === own ? [epoch] : [epoch, this.epochs.of(document)],
      };
      const known = kept.get(component);
      if (known !== undefined && isSame(known.origin, origin)) return known.lowered;
      const lowered = lower();
      kept.set(component, { origin, lowered });
      return lowered;
    };
  }
}

/** The component's file where it may be another than the architecture's: looking for it takes a walk to the root. */
function fileAround(component: Component, architecture: Architecture) {
  let at: AstNode | undefined = component.$container;
  while (at !== undefined && at.$type === 'Group') at = at.$container;
  return at === architecture ? undefined : AstUtils.getDocument(component);
}

const isSame = (left: Origin, right: Origin): boolean =>
  left.words === right.words &&
  left.words !== undefined &&
  left.documentation === right.documentation &&
  areSame(left.around, right.around) &&
  areSame(left.epochs, right.epochs);

const areSame = (left: readonly unknown[], right: readonly unknown[]): boolean =>
  left.length === right.length && left.every((one, at) => one === right[at]);
