import { type Action, type Architecture, componentsOf, type Scenario } from '../../../language/core/model/index.ts';
import { createEvents } from './events.ts';
import { levelOf } from './levels.ts';
import { askedShare, canJoin, choose, findWorking, place } from './needs.ts';
import {
  addInstance,
  createPool,
  exponential,
  heldAt,
  hold,
  type Instance,
  letGo,
  limiterOf,
  move,
  type Pool,
  rateFor,
  refuse,
  retryMean,
  shuffled,
  type World,
} from './pools.ts';

export { chance } from './events.ts';

/**
 * The process of simulation.md one instance at a time: an object for each, a queue of events, and nothing in bulk.
 * Simple, and written apart from the simulator, which must agree with it in distribution. It shares the decisions on
 * what the page leaves open, none of the code.
 */
export interface OracleResult {
  /** By service and level asked for: seconds after the first step, Infinity for "not within the run". */
  readonly recovery: Readonly<Record<string, readonly number[]>>;
  readonly lowest: Readonly<Record<string, number>>;
  /** Up, and load, at each sample time. */
  readonly up: Readonly<Record<string, readonly number[]>>;
  readonly load: Readonly<Record<string, readonly number[]>>;
  readonly events: number;
}

export function simulateInstances(
  architecture: Architecture,
  scenario: Scenario,
  levels: readonly number[],
  times: readonly number[],
  random: () => number,
): OracleResult {
  const events = createEvents();
  const pools = new Map(architecture.components.map((component) => [component.name, createPool(component)]));
  const world: World = { architecture, pools, events, random, now: 0, stale: true, working: new Set() };
  const all = [...pools.values()];
  const later = (seconds: number, happen: () => void): void => events.add(world.now + seconds, happen);

  /** Whose joins make the load of a pool that crashes by it. */
  const measured = new Set(
    all.flatMap(({ component: { overload, admits } }) =>
      overload ? admits.flatMap(({ consumer }) => pools.get(consumer) ?? []) : [],
    ),
  );

  // --- one instance ------------------------------------------------------------------------------------------

  const comeUp = (one: Instance): void => {
    const { pool } = one;
    const { kept, asked } = choose(world, pool);
    for (const server of asked)
      if (rateFor(server, pool) > 0 && !server.component.overload) limiterOf(world, server, pool).allowance -= 1;
    hold(one, kept);
    move(world, one, 'up');
    pool.joins.push(world.now);
    // A second later it counts for no load any more.
    if (!pool.component.retry && measured.has(pool)) later(1, () => {});
    startClock(one);
  };

  /** The moment at which an instance that is up crashes on its own or by overload. */
  const startClock = (one: Instance): void => {
    const { mttfSeconds, overload } = one.pool.component;
    const rate = (mttfSeconds ? 1 / mttfSeconds : 0) + (overload && one.pool.overloaded ? overload.lossPerSecond : 0);
    if (rate === 0) return;
    const { stamp } = one;
    later(exponential(world, 1 / rate), () => {
      if (one.stamp === stamp) crash(one.pool, [one]);
    });
  };

  const beStarting = (one: Instance): void => {
    move(world, one, one.pool.component.promotion ? 'vacant' : 'starting');
    if (one.state === 'starting' && one.pool.component.retry) attemptLater(one);
  };

  const attemptLater = (one: Instance): void => {
    const { stamp } = one;
    later(exponential(world, retryMean(one.pool, one.refusals)), () => {
      if (one.stamp !== stamp) return;
      refreshWorking();
      if (canJoin(world, one.pool)) comeUp(one);
      else {
        refuse(one);
        attemptLater(one);
      }
    });
  };

  /** Instances of one pool crash, all at once. What they held is free; what they served starts again. */
  const crash = (pool: Pool, ones: readonly Instance[]): void => {
    const { restart, promotion } = pool.component;
    const servers = [...pool.in.up];
    const lost = ones.filter((one) => one.state === 'up');
    for (const one of ones) {
      letGo(one);
      move(world, one, promotion ? 'vacant' : 'down');
      if (!restart || promotion) continue;
      const { stamp } = one;
      const wait = {
        exponential: () => exponential(world, restart.seconds),
        fixed: () => restart.seconds,
        uniform: () => world.random() * restart.seconds,
      }[restart.distribution];
      later(wait(), () => {
        if (one.stamp === stamp) beStarting(one);
      });
    }
    passOn(pool, lost, servers);
  };

  /**
   * Deals those served over the instances that a pool had, and those dealt to the lost ones lose their place: in turn,
   * as pools may serve each other in a circle.
   */
  const passOn = (...first: readonly [pool: Pool, lost: readonly Instance[], had: readonly Instance[]]): void => {
    const pending = [first];
    for (const [pool, lost, had] of pending) {
      const gone = new Set(lost);
      for (const [name, held] of pool.held) {
        const consumer = pools.get(name);
        if (consumer === undefined || gone.size === 0) continue;
        const servers = shuffled(world, had);
        const losers = shuffled(world, held).filter((_, at) => gone.has(servers[at % servers.length] as Instance));
        if (losers.length === 0) continue;
        pending.push([consumer, losers, [...consumer.in.up]]);
        for (const one of losers) {
          letGo(one);
          beStarting(one);
        }
      }
    }
  };

  // --- after every event ---------------------------------------------------------------------------------------

  const refreshWorking = (): void => {
    if (world.stale) world.working = findWorking(world);
    world.stale = false;
  };

  const loadOf = (pool: Pool): number => {
    const ups = pool.in.up.length;
    if (ups === 0) return 0;
    let load = 0;
    for (const { consumer: name, capacity } of pool.component.serves) {
      const consumer = pools.get(name);
      if (consumer) load = Math.max(load, heldAt(pool, consumer) / (capacity * ups));
    }
    for (const { consumer: name, ratePerSecond } of pool.component.admits) {
      const consumer = pools.get(name);
      if (!consumer) continue;
      const { joins } = consumer;
      while ((joins[0] ?? Infinity) <= world.now - 1) joins.shift();
      const attempts = consumer.component.retry
        ? consumer.waiting.reduce((sum, count, refusals) => sum + count / retryMean(consumer, refusals), 0)
        : joins.length;
      if (attempts > 0) load = Math.max(load, (attempts * askedShare(world, pool, consumer)) / (ratePerSecond * ups));
    }
    return load;
  };

  const letIn = (): void => {
    const immediate = all.filter((pool) => !pool.component.retry);
    for (let again = true; again; ) {
      again = false;
      for (const pool of immediate) {
        const waiting = pool.in.starting;
        for (refreshWorking(); waiting.length > 0 && canJoin(world, pool); refreshWorking()) {
          comeUp(waiting[waiting.length - 1] as Instance);
          again = true;
        }
      }
    }
    for (const pool of immediate) {
      if (pool.in.starting.length === 0) continue;
      for (const server of world.working) {
        const rate = rateFor(server, pool) * server.in.up.length;
        if (rate === 0 || server.component.overload) continue;
        const limiter = limiterOf(world, server, pool);
        if (limiter.allowance >= 1 - 1e-9) continue;
        const seconds = world.now + Math.max(1e-6, (1 - limiter.allowance) / rate);
        if (limiter.wakeSeconds > world.now && limiter.wakeSeconds <= seconds) continue;
        limiter.wakeSeconds = seconds;
        events.add(seconds, () => {});
      }
    }
  };

  const checkOverloads = (): void => {
    for (const pool of all) {
      const { overload } = pool.component;
      if (!overload) continue;
      const overloaded = loadOf(pool) > overload.limit;
      if (overloaded === pool.overloaded) continue;
      pool.overloaded = overloaded;
      for (const one of pool.in.up) {
        one.stamp += 1;
        startClock(one);
      }
    }
  };

  const promoting = new Map<Pool, { readonly rate: number }>();
  /** One clock for each promoted pool, set anew whenever its rate has changed: exponential times forget. */
  const checkPromotions = (): void => {
    for (const pool of all) {
      const { promotion } = pool.component;
      const source = promotion && pools.get(promotion.source);
      if (!promotion || !source) continue;
      const sources = source.in.up.length;
      const wanted = pool.in.vacant.length > 0 && sources > 0;
      const rate = !wanted ? 0 : promotion.rate.perSecond * (promotion.rate.kind === 'share' ? sources : 1);
      if (promoting.get(pool)?.rate === rate) continue;
      const clock = { rate };
      promoting.set(pool, clock);
      const promote = (): void => {
        if (promoting.get(pool) !== clock) return;
        promoting.delete(pool);
        refreshWorking();
        if (canJoin(world, pool)) comeUp(pool.in.vacant[0] as Instance);
      };
      if (rate > 0) later(exponential(world, 1 / rate), promote);
    }
  };

  // --- the run ---------------------------------------------------------------------------------------------------

  for (const pool of all) for (let i = 0; i < pool.component.instances; i++) addInstance(pool, 'up');
  refreshWorking();
  for (const pool of all) {
    place(world, pool).forEach(({ kept }, at) => {
      hold(pool.in.up[at] as Instance, kept);
    });
    for (const one of pool.in.up) startClock(one);
  }

  const firstStep = scenario.steps[0]?.atSeconds ?? 0;
  const names = architecture.services.map(({ name }) => name);
  const recovery = Object.fromEntries(names.map((name) => [name, levels.map(() => 0)]));
  const lowest = Object.fromEntries(names.map((name) => [name, 1]));
  const up = Object.fromEntries(all.map(({ component }) => [component.name, [] as number[]]));
  const load = Object.fromEntries(all.map(({ component }) => [component.name, [] as number[]]));
  const observe = (): void => {
    if (world.now < firstStep) return;
    refreshWorking();
    for (const name of names) {
      const level = levelOf(world, name);
      lowest[name] = Math.min(lowest[name] ?? 1, level);
      const back = recovery[name] as number[];
      levels.forEach((asked, at) => {
        if (level < asked) back[at] = Infinity;
        else if (back[at] === Infinity) back[at] = world.now - firstStep;
      });
    }
  };

  const act = (action: Action): void => {
    if (action.kind === 'strike') {
      for (const pool of all) {
        const exposure = pool.component.exposures.find((one) => one.hazard === action.hazard);
        if (exposure) hit(pool, exposure.share);
      }
      return;
    }
    for (const name of componentsOf(architecture, action.target)) {
      const pool = pools.get(name) as Pool;
      if (action.kind === 'crash') hit(pool, action.share);
      else if (action.kind === 'restore') for (const one of [...pool.in.down]) beStarting(one);
      else for (let i = 0; i < action.count; i++) beStarting(addInstance(pool, 'vacant'));
    }
  };
  const hit = (pool: Pool, share: number): void =>
    crash(
      pool,
      [...pool.in.up, ...pool.in.starting].filter(() => random() < share),
    );

  for (const { atSeconds, action } of scenario.steps) later(atSeconds, () => act(action));
  for (const seconds of times) {
    later(seconds, () => {
      for (const pool of all) {
        up[pool.component.name]?.push(pool.in.up.length);
        load[pool.component.name]?.push(loadOf(pool));
      }
    });
  }
  checkOverloads();
  checkPromotions();
  let count = 0;
  for (let event = events.take(); event && event.seconds <= scenario.horizonSeconds; event = events.take()) {
    world.now = event.seconds;
    event.happen();
    count += 1;
    // What happens at one moment is seen as one.
    if (events.next() === world.now) continue;
    letIn();
    checkOverloads();
    checkPromotions();
    observe();
  }
  return { recovery, lowest, up, load, events: count };
}
