import {
  type Action,
  type Architecture,
  type Component,
  componentsOf,
  type NeedExpression,
  type Scenario,
} from '../../language/core/model/index.ts';

/**
 * The process of simulation.md one instance at a time: an object for each, a queue of events, and nothing in bulk.
 * Slow, simple and written apart from the simulator, which must agree with it in distribution. It shares the
 * decisions on what the page leaves open, none of the code; for up to some thousands of instances.
 */
export interface OracleResult {
  /** By service and level asked for: seconds after the first step, Infinity for "not within the run". */
  readonly recovery: Readonly<Record<string, readonly number[]>>;
  readonly lowest: Readonly<Record<string, number>>;
  /** Up, and load, at each sample time. */
  readonly up: Readonly<Record<string, readonly number[]>>;
  readonly load: Readonly<Record<string, readonly number[]>>;
}

const countOf = (need: NeedExpression): number => (need.kind === 'atLeast' ? need.count : 1);

interface Instance {
  readonly pool: PoolState;
  state: 'up' | 'starting' | 'down' | 'vacant';
  refusals: number;
  /** Servers at which it holds a place, one entry for each place. */
  places: PoolState[];
  /** Events of an instance whose stamp has changed since are void. */
  stamp: number;
}

interface PoolState {
  readonly component: Component;
  readonly instances: Instance[];
  overloaded: boolean;
  joins: number[];
}

interface Limiter {
  allowance: number;
  seconds: number;
}

interface Event {
  readonly seconds: number;
  readonly happen: () => void;
}

export function simulateInstances(
  architecture: Architecture,
  scenario: Scenario,
  levels: readonly number[],
  times: readonly number[],
  random: () => number,
): OracleResult {
  const pools = new Map<string, PoolState>();
  const limiters = new Map<string, Limiter>();
  const queue: Event[] = [];
  let now = 0;

  const later = (seconds: number, happen: () => void): void => {
    const event = { seconds: now + seconds, happen };
    let at = queue.push(event) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = queue[parent] as Event;
      if (above.seconds <= event.seconds) break;
      queue[at] = above;
      at = parent;
    }
    queue[at] = event;
  };
  const nextEvent = (): Event | undefined => {
    const top = queue[0];
    const last = queue.pop();
    if (top === undefined || last === undefined || queue.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= queue.length) break;
      if (child + 1 < queue.length && (queue[child + 1] as Event).seconds < (queue[child] as Event).seconds) child += 1;
      if ((queue[child] as Event).seconds >= last.seconds) break;
      queue[at] = queue[child] as Event;
      at = child;
    }
    queue[at] = last;
    return top;
  };
  const after = (mean: number): number => -mean * Math.log(1 - random());
  const inState = (pool: PoolState, state: Instance['state']): Instance[] =>
    pool.instances.filter((one) => one.state === state);
  const countUp = (pool: PoolState): number => inState(pool, 'up').length;
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const shuffled = <Item>(items: readonly Item[]): Item[] => {
    const list = [...items];
    for (let i = list.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [list[i], list[j]] = [list[j] as Item, list[i] as Item];
    }
    return list;
  };

  // --- needs -----------------------------------------------------------------------------------------------

  const capacityFor = (server: PoolState, consumer: string): number =>
    server.component.serves.find((one) => one.consumer === consumer)?.capacity ?? 0;
  const rateFor = (server: PoolState, consumer: string): number =>
    server.component.admits.find((one) => one.consumer === consumer)?.ratePerSecond ?? 0;

  /** Greatest fixed point: take away what cannot work until nothing more goes. */
  const functioning = (): Set<PoolState> => {
    const working = new Set([...pools.values()].filter((pool) => countUp(pool) > 0));
    const works = (need: NeedExpression): boolean => {
      if (need.kind === 'reference') {
        const pool = pools.get(need.name);
        return pool === undefined || working.has(pool);
      }
      const count = need.operands.filter(works).length;
      return count >= (need.kind === 'and' ? need.operands.length : need.kind === 'or' ? 1 : countOf(need));
    };
    for (let before = -1; before !== working.size; ) {
      before = working.size;
      for (const pool of [...working]) {
        if (!pool.component.needs.every((need) => need.toStart || works(need.expression))) working.delete(pool);
      }
    }
    return working;
  };

  const heldAt = (server: PoolState, consumer: string): number =>
    (pools.get(consumer)?.instances ?? []).reduce((sum, one) => sum + one.places.filter((p) => p === server).length, 0);

  const limiterOf = (server: PoolState, consumer: PoolState): Limiter => {
    const key = `${server.component.name} ${consumer.component.name}`;
    const limiter = limiters.get(key) ?? { allowance: Infinity, seconds: now };
    limiters.set(key, limiter);
    const rate = rateFor(server, consumer.component.name) * countUp(server);
    const most = consumer.component.retry ? Math.max(1, rate) : 1;
    limiter.allowance = Math.min(most, limiter.allowance + rate * (now - limiter.seconds));
    limiter.seconds = now;
    return limiter;
  };

  const roomAt = (name: string, consumer: PoolState, working: ReadonlySet<PoolState>): number => {
    const server = pools.get(name);
    if (server === undefined) return Infinity;
    if (!working.has(server)) return 0;
    if (server.component.overload) return Infinity;
    let room = Infinity;
    if (rateFor(server, consumer.component.name) > 0) {
      room = Math.floor(limiterOf(server, consumer).allowance + 1e-9);
    }
    const capacity = capacityFor(server, consumer.component.name);
    if (capacity > 0)
      room = Math.min(room, Math.max(0, capacity * countUp(server) - heldAt(server, consumer.component.name)));
    return room;
  };

  const roomOf = (need: NeedExpression, consumer: PoolState, working: ReadonlySet<PoolState>): number => {
    if (need.kind === 'reference') return roomAt(need.name, consumer, working);
    const rooms = need.operands.map((operand) => roomOf(operand, consumer, working)).sort((a, b) => b - a);
    if (need.kind === 'and') return rooms[rooms.length - 1] ?? Infinity;
    if (need.kind === 'or') return rooms.reduce((sum, one) => sum + one, 0);
    return rooms[countOf(need) - 1] ?? 0;
  };

  /** Which servers one instance joins by a need; to-start ones are asked and hold nothing. */
  const chosen = (need: NeedExpression, consumer: PoolState, working: ReadonlySet<PoolState>): PoolState[] => {
    if (need.kind === 'reference') {
      const server = pools.get(need.name);
      return server === undefined ? [] : [server];
    }
    if (need.kind === 'and') return need.operands.flatMap((operand) => chosen(operand, consumer, working));
    const rooms = need.operands.map((operand) => roomOf(operand, consumer, working));
    if (need.kind === 'atLeast') {
      const best = rooms.map((_, at) => at).sort((a, b) => (rooms[b] ?? 0) - (rooms[a] ?? 0) || a - b);
      return best
        .slice(0, countOf(need))
        .flatMap((at) => chosen(need.operands[at] as NeedExpression, consumer, working));
    }
    // An alternative without a limit counts with the room that it has when empty.
    const weights = need.operands.map((operand, at) => {
      if (rooms[at] !== Infinity) return rooms[at] ?? 0;
      const server = operand.kind === 'reference' ? pools.get(operand.name) : undefined;
      const capacity = server === undefined ? 0 : capacityFor(server, consumer.component.name) * countUp(server);
      return capacity > 0 ? capacity : consumer.instances.length;
    });
    let left = random() * weights.reduce((sum, one) => sum + one, 0);
    const at = weights.findIndex((weight) => {
      left -= weight;
      return left < 0;
    });
    return chosen(need.operands[Math.max(0, at)] as NeedExpression, consumer, working);
  };

  // --- one instance ------------------------------------------------------------------------------------------

  const canJoin = (pool: PoolState, working: ReadonlySet<PoolState>): boolean =>
    pool.component.needs.every((need) => roomOf(need.expression, pool, working) >= 1);

  const comeUp = (one: Instance): void => {
    const { pool } = one;
    const working = functioning();
    const asked = new Set<PoolState>();
    for (const need of pool.component.needs) {
      for (const server of chosen(need.expression, pool, working)) {
        if (rateFor(server, pool.component.name) > 0 && !server.component.overload) asked.add(server);
        if (!need.toStart && capacityFor(server, pool.component.name) > 0) one.places.push(server);
      }
    }
    for (const server of asked) limiterOf(server, pool).allowance -= 1;
    one.state = 'up';
    one.refusals = 0;
    one.stamp += 1;
    pool.joins.push(now);
    clocksOf(one);
  };

  /** The moments at which an instance that is up crashes on its own or by overload. */
  const clocksOf = (one: Instance): void => {
    const stamp = one.stamp;
    const { mttfSeconds, overload } = one.pool.component;
    const hazard = (mttfSeconds ? 1 / mttfSeconds : 0) + (overload && one.pool.overloaded ? overload.lossPerSecond : 0);
    if (hazard > 0) {
      later(after(1 / hazard), () => {
        if (one.stamp === stamp && one.state === 'up') crash([one]);
      });
    }
  };

  const beStarting = (one: Instance): void => {
    one.state = one.pool.component.promotion ? 'vacant' : 'starting';
    one.refusals = 0;
    one.stamp += 1;
    if (one.state === 'starting' && one.pool.component.retry) attemptLater(one);
  };

  const attemptLater = (one: Instance): void => {
    const { retry } = one.pool.component;
    if (!retry) return;
    const stamp = one.stamp;
    later(
      after(Math.min(Math.max(retry.maxSeconds, retry.firstSeconds), retry.firstSeconds * 2 ** one.refusals)),
      () => {
        if (one.stamp !== stamp || one.state !== 'starting') return;
        if (canJoin(one.pool, functioning())) comeUp(one);
        else {
          one.refusals += 1;
          attemptLater(one);
        }
      },
    );
  };

  /** Instances of one pool crash, all at once. What they held is free; what they served starts again. */
  const crash = (ones: readonly Instance[]): void => {
    const pool = ones[0]?.pool;
    if (pool === undefined) return;
    lose(ones.filter((one) => one.state === 'up'));
    for (const one of ones) {
      one.places = [];
      one.stamp += 1;
      const { restart, promotion } = pool.component;
      one.state = promotion ? 'vacant' : 'down';
      if (!restart || promotion) continue;
      const stamp = one.stamp;
      const wait =
        restart.distribution === 'exponential'
          ? after(restart.seconds)
          : restart.distribution === 'fixed'
            ? restart.seconds
            : random() * restart.seconds;
      later(wait, () => {
        if (one.stamp === stamp && one.state === 'down') beStarting(one);
      });
    }
  };

  /** Deals those served over the instances of a pool, and those dealt to the lost ones lose their place. */
  const lose = (lost: readonly Instance[]): void => {
    const pool = lost[0]?.pool;
    if (pool === undefined) return;
    const servers = shuffled(inState(pool, 'up'));
    for (const { consumer } of pool.component.serves) {
      const held = shuffled((pools.get(consumer)?.instances ?? []).filter((one) => one.places.includes(pool)));
      const gone = new Set(lost);
      const losers = held.filter((_, at) => gone.has(servers[at % servers.length] as Instance));
      if (losers.length === 0) continue;
      lose(losers);
      for (const one of losers) {
        one.places = [];
        beStarting(one);
      }
    }
  };

  // --- after every event ----------------------------------------------------------------------------------------

  const loadOf = (pool: PoolState): number => {
    const up = countUp(pool);
    if (up === 0) return 0;
    const byRoom = pool.component.serves.map((one) => heldAt(pool, one.consumer) / (one.capacity * up));
    const byRate = pool.component.admits.map((one) => {
      const consumer = pools.get(one.consumer);
      const retry = consumer?.component.retry;
      if (consumer === undefined) return 0;
      const attempts = retry
        ? inState(consumer, 'starting').reduce(
            (sum, w) =>
              sum + 1 / Math.min(Math.max(retry.maxSeconds, retry.firstSeconds), retry.firstSeconds * 2 ** w.refusals),
            0,
          )
        : consumer.joins.filter((seconds) => seconds > now - 1).length;
      return attempts / (one.ratePerSecond * up);
    });
    return Math.max(0, ...byRoom, ...byRate);
  };

  const letIn = (): void => {
    for (let again = true; again; ) {
      again = false;
      for (const pool of pools.values()) {
        if (pool.component.retry) continue;
        for (const one of inState(pool, 'starting')) {
          if (!canJoin(pool, functioning())) break;
          comeUp(one);
          again = true;
        }
      }
    }
    const working = functioning();
    for (const pool of pools.values()) {
      if (pool.component.retry || inState(pool, 'starting').length === 0) continue;
      for (const server of working) {
        const rate = rateFor(server, pool.component.name) * countUp(server);
        const missing = 1 - limiterOf(server, pool).allowance;
        if (rate > 0 && missing > 1e-9) later(missing / rate, () => {});
      }
    }
  };

  const checkOverloads = (): void => {
    for (const pool of pools.values()) {
      const { overload } = pool.component;
      if (!overload) continue;
      const overloaded = loadOf(pool) > overload.limit;
      if (overloaded === pool.overloaded) continue;
      pool.overloaded = overloaded;
      for (const one of inState(pool, 'up')) {
        one.stamp += 1;
        clocksOf(one);
      }
    }
  };

  const promoting = new Map<PoolState, number>();
  /** One clock for each promoted pool, set anew whenever its rate has changed: exponential times forget. */
  const checkPromotions = (): void => {
    for (const pool of pools.values()) {
      const { promotion } = pool.component;
      const source = promotion && pools.get(promotion.source);
      if (!promotion || !source) continue;
      const sources = countUp(source);
      const wanted = inState(pool, 'vacant').length > 0 && sources > 0;
      const rate = !wanted ? 0 : promotion.rate.perSecond * (promotion.rate.kind === 'share' ? sources : 1);
      if (promoting.get(pool) === rate) continue;
      promoting.set(pool, rate);
      if (rate > 0) later(after(1 / rate), () => promoteAt(pool, rate));
    }
  };
  const promoteAt = (pool: PoolState, rate: number): void => {
    if (promoting.get(pool) !== rate) return;
    promoting.delete(pool);
    const vacant = inState(pool, 'vacant');
    if (vacant.length > 0 && canJoin(pool, functioning())) comeUp(pick(vacant));
  };

  // --- services ----------------------------------------------------------------------------------------------------

  const levelOf = (name: string, working: ReadonlySet<PoolState>): number => {
    const service = architecture.services.find((one) => one.name === name);
    if (service === undefined) return 1;
    const population = service.population === undefined ? undefined : pools.get(service.population);
    const of = (need: NeedExpression): number => {
      if (need.kind === 'reference') {
        const pool = pools.get(need.name);
        if (pool === undefined) return levelOf(need.name, working);
        if (!working.has(pool)) return 0;
        const capacity = population === undefined ? 0 : capacityFor(pool, population.component.name);
        return capacity === 0 || population === undefined
          ? 1
          : Math.min(1, (capacity * countUp(pool)) / population.instances.length);
      }
      const operands = need.operands.map(of).sort((a, b) => b - a);
      if (need.kind === 'and') return operands[operands.length - 1] ?? 1;
      if (need.kind === 'or')
        return Math.min(
          1,
          operands.reduce((sum, one) => sum + one, 0),
        );
      return operands[countOf(need) - 1] ?? 0;
    };
    const own =
      population === undefined ? 1 : working.has(population) ? countUp(population) / population.instances.length : 0;
    return Math.min(own, ...service.needs.map((need) => of(need.expression)));
  };

  // --- the run -------------------------------------------------------------------------------------------------------

  for (const component of architecture.components) {
    const pool: PoolState = { component, instances: [], overloaded: false, joins: [] };
    for (let i = 0; i < component.instances; i++) {
      pool.instances.push({ pool, state: 'up', refusals: 0, places: [], stamp: 0 });
    }
    pools.set(component.name, pool);
  }
  const everything = new Set(pools.values());
  for (const pool of pools.values()) {
    // The same share everywhere, with no chance: filling up where the load is least comes to that.
    for (const one of pool.instances) {
      for (const need of pool.component.needs)
        if (!need.toStart) one.places.push(...leastLoaded(need.expression, pool));
    }
    for (const one of pool.instances) clocksOf(one);
  }
  function leastLoaded(need: NeedExpression, pool: PoolState): PoolState[] {
    if (need.kind === 'reference') {
      const server = pools.get(need.name);
      return server !== undefined && capacityFor(server, pool.component.name) > 0 ? [server] : [];
    }
    if (need.kind === 'and') return need.operands.flatMap((operand) => leastLoaded(operand, pool));
    const load = (operand: NeedExpression): number => {
      if (operand.kind !== 'reference') return roomOf(operand, pool, everything) > 0 ? 0 : 1;
      const server = pools.get(operand.name) as PoolState;
      const room = capacityFor(server, pool.component.name) * server.instances.length || pool.instances.length;
      return heldAt(server, pool.component.name) / room;
    };
    const sorted = [...need.operands].sort((a, b) => load(a) - load(b));
    return sorted.slice(0, need.kind === 'or' ? 1 : countOf(need)).flatMap((operand) => leastLoaded(operand, pool));
  }

  const firstStep = scenario.steps[0]?.atSeconds ?? 0;
  const recovery: Record<string, number[]> = {};
  const lowest: Record<string, number> = {};
  const up: Record<string, number[]> = {};
  const load: Record<string, number[]> = {};
  for (const name of pools.keys()) {
    up[name] = [];
    load[name] = [];
  }
  for (const { name } of architecture.services) {
    recovery[name] = levels.map(() => 0);
    lowest[name] = 1;
  }
  const observe = (): void => {
    if (now < firstStep) return;
    const working = functioning();
    for (const { name } of architecture.services) {
      const level = levelOf(name, working);
      lowest[name] = Math.min(lowest[name] ?? 1, level);
      recovery[name] = levels.map((asked, at) => {
        const before = recovery[name]?.[at] ?? 0;
        if (level < asked) return Infinity;
        return before === Infinity ? now - firstStep : before;
      });
    }
  };

  const act = (action: Action): void => {
    if (action.kind === 'strike') {
      for (const pool of pools.values()) {
        const exposure = pool.component.exposures.find((one) => one.hazard === action.hazard);
        if (exposure) hit(pool, exposure.share);
      }
      return;
    }
    for (const name of componentsOf(architecture, action.target)) {
      const pool = pools.get(name) as PoolState;
      if (action.kind === 'crash') hit(pool, action.share);
      else if (action.kind === 'restore') {
        for (const one of inState(pool, 'down')) beStarting(one);
      } else {
        for (let i = 0; i < action.count; i++) {
          const one: Instance = { pool, state: 'vacant', refusals: 0, places: [], stamp: 0 };
          pool.instances.push(one);
          beStarting(one);
        }
      }
    }
  };
  const hit = (pool: PoolState, share: number): void =>
    crash(pool.instances.filter((one) => (one.state === 'up' || one.state === 'starting') && random() < share));

  for (const { atSeconds, action } of scenario.steps) later(atSeconds, () => act(action));
  for (const seconds of times) {
    later(seconds, () => {
      for (const [name, pool] of pools) {
        up[name]?.push(countUp(pool));
        load[name]?.push(loadOf(pool));
      }
    });
  }
  checkOverloads();
  checkPromotions();
  for (let event = nextEvent(); event !== undefined && event.seconds <= scenario.horizonSeconds; event = nextEvent()) {
    now = event.seconds;
    event.happen();
    // What happens at one moment is seen as one.
    if (queue[0]?.seconds === now) continue;
    letIn();
    checkOverloads();
    checkPromotions();
    observe();
  }
  return { recovery, lowest, up, load };
}
