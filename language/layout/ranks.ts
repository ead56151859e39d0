export interface Link {
  readonly from: string;
  readonly to: string;
}

/**
 * How far down each child stands so that links point down: 0 for those at the top. Links that close a circle, found in
 * the order of the model, and those from a later class to an earlier one point up. No two linked children are level.
 */
export function rankChildren(
  children: readonly string[],
  links: readonly Link[],
  classOf: (child: string) => number,
): Map<string, number> {
  const down = withoutCircles(children, orientedByClass(links, classOf));
  const ranks = new Map<string, number>();
  const incoming = countIncoming(children, down);
  let top = 0;
  for (const rankClass of [...new Set(children.map(classOf))].sort((a, b) => a - b)) {
    const members = children.filter((child) => classOf(child) === rankClass);
    for (const member of members) ranks.set(member, top);
    const open = members.filter((child) => incoming.get(child) === 0);
    for (let child = open.shift(); child !== undefined; child = open.shift()) {
      for (const next of down.get(child) ?? []) {
        incoming.set(next, (incoming.get(next) ?? 0) - 1);
        if (classOf(next) !== rankClass) continue;
        ranks.set(next, Math.max(ranks.get(next) ?? 0, (ranks.get(child) ?? 0) + 1));
        if (incoming.get(next) === 0) open.push(next);
      }
    }
    lower(members, down, ranks);
    top = 1 + members.reduce((most, member) => Math.max(most, ranks.get(member) ?? 0), top - 1);
  }
  return ranks;
}

type Targets = Map<string, Set<string>>;

function orientedByClass(links: readonly Link[], classOf: (child: string) => number): Targets {
  const targets: Targets = new Map();
  for (const { from, to } of links) {
    const [first, last] = classOf(from) > classOf(to) ? [to, from] : [from, to];
    const list = targets.get(first) ?? new Set();
    targets.set(first, list.add(last));
  }
  return targets;
}

/** A walk in depth from those that nothing needs; a link back to where the walk came from is turned. */
function withoutCircles(children: readonly string[], targets: Targets): Targets {
  const kept: Targets = new Map();
  const state = new Map<string, 'open' | 'done'>();
  const incoming = countIncoming(children, targets);
  const starts = [...children.filter((child) => incoming.get(child) === 0), ...children];
  const keep = (from: string, to: string) => kept.set(from, (kept.get(from) ?? new Set()).add(to));
  for (const start of starts) {
    if (state.has(start)) continue;
    const walk = [{ child: start, rest: [...(targets.get(start) ?? [])] }];
    state.set(start, 'open');
    for (let at = walk.at(-1); at !== undefined; at = walk.at(-1)) {
      const next = at.rest.shift();
      if (next === undefined) {
        state.set(at.child, 'done');
        walk.pop();
      } else if (state.get(next) === 'open') {
        keep(next, at.child);
      } else {
        keep(at.child, next);
        if (!state.has(next)) {
          state.set(next, 'open');
          walk.push({ child: next, rest: [...(targets.get(next) ?? [])] });
        }
      }
    }
  }
  return kept;
}

/** What nothing needs stands just above the first that it needs itself. */
function lower(members: readonly string[], down: Targets, ranks: Map<string, number>): void {
  const all = new Set(members);
  const needed = new Set(members.flatMap((member) => [...(down.get(member) ?? [])]));
  for (const member of members) {
    const targets = [...(down.get(member) ?? [])].filter((target) => all.has(target));
    if (needed.has(member) || targets.length === 0) continue;
    const highest = Math.min(...targets.map((target) => ranks.get(target) ?? 0));
    ranks.set(member, Math.max(ranks.get(member) ?? 0, highest - 1));
  }
}

function countIncoming(children: readonly string[], targets: Targets): Map<string, number> {
  const incoming = new Map(children.map((child) => [child, 0]));
  for (const list of targets.values()) for (const to of list) incoming.set(to, (incoming.get(to) ?? 0) + 1);
  return incoming;
}
