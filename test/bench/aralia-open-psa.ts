import { unavailabilityOf } from '../../language/core/analysis/index.ts';
import type { Architecture, NeedExpression } from '../../language/core/model/index.ts';

/**
 * A fault tree that is written as an architecture (services are gates, components are basic events and need nothing),
 * in the Open-PSA exchange format: what works by `or` fails by `and`. Not for architectures in general.
 */
export function openPsa({ components, services }: Architecture, top: string): string {
  const events = new Map(components.map((component) => [component.name, component]));
  const gates = [...services].sort((a, b) => Number(b.name === top) - Number(a.name === top));
  return [
    '<?xml version="1.0"?>',
    '<opsa-mef>',
    '<define-fault-tree name="tree">',
    ...gates.map(({ name, needs }) => {
      const operands = needs.map(({ expression }) => fails(expression));
      const formula = operands.length === 1 ? operands[0] : `<or>${operands.join('')}</or>`;
      return `<define-gate name="${name}">${formula}</define-gate>`;
    }),
    '</define-fault-tree>',
    '<model-data>',
    ...components.map((component) => {
      const q = unavailabilityOf(component) ?? 0;
      return `<define-basic-event name="${component.name}"><float value="${q}"/></define-basic-event>`;
    }),
    '</model-data>',
    '</opsa-mef>',
    '',
  ].join('\n');

  function fails(need: NeedExpression): string {
    switch (need.kind) {
      case 'reference':
        return `<${events.has(need.name) ? 'basic-event' : 'gate'} name="${need.name}"/>`;
      case 'and':
        return `<or>${need.operands.map(fails).join('')}</or>`;
      case 'or':
        return `<and>${need.operands.map(fails).join('')}</and>`;
      case 'atLeast': {
        const least = need.operands.length - need.count + 1;
        return `<atleast min="${least}">${need.operands.map(fails).join('')}</atleast>`;
      }
    }
  }
}
