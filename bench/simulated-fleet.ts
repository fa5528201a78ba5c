import { randomOf } from '../test/simulators/random.ts';
import { EventQueue } from './event-queue.ts';

/** What a fleet has to do, and with what. Times are in seconds. */
export interface FleetModel {
  /** Actions of the run of each organization, in the order in which they wait. */
  readonly actions: readonly number[];
  /** Source addresses, with a worker each. */
  readonly addresses: number;
  /** Units that an address acts for at a time. */
  readonly places: number;
  /** What a batch takes on average, give or take a half. */
  readonly batch: number;
  /** After which a run makes way where others wait. */
  readonly slice: number;
  /** From a free place to the first batch of a run, and from the end of a batch to the begin of the next one. */
  readonly turn: number;
  readonly gap: number;
  /** Between two deaths of a worker, and from a death to the new owners of its units. */
  readonly life: number;
  readonly takeover: number;
  readonly seed: number;
}

/** What became of it. */
export interface Simulated {
  readonly seconds: number;
  readonly batches: number;
  readonly turns: number;
  readonly deaths: number;
  /** For how long the runs waited for their first turn, the shortest first. */
  readonly waits: readonly number[];
  /** Of the time of all places, the share in which a unit had them. */
  readonly used: number;
}

interface Run {
  left: number;
  underWay: number;
  worker: number;
  since: number;
  hasBegun: boolean;
  /** Nothing begins before, as its worker has died. */
  frozenUntil: number;
}

const perBatch = 100;
const atATime = 5;

/** Plays a fleet without a network or a clock: who has which place when, and which batches run. */
export function simulateFleet(model: FleetModel): Simulated {
  const { addresses, places, batch, slice, turn, gap, life, takeover, seed } = model;
  const random = randomOf(seed);
  const events = new EventQueue();
  const waiting: Run[] = model.actions.map((actions) => ({
    left: Math.ceil(actions / perBatch),
    underWay: 0,
    worker: 0,
    since: 0,
    hasBegun: false,
    frozenUntil: 0,
  }));
  const total = waiting.reduce((sum, { left }) => sum + left, 0);
  const working = Array.from({ length: addresses }, () => new Set<Run>());
  const waits: number[] = [];
  let next = 0;
  let now = 0;
  let ended = 0;
  let turns = 0;
  let deaths = 0;
  let placeTime = 0;

  const begin = (run: Run): void => {
    // Two batches may have ended while nothing could begin.
    if (!working[run.worker]!.has(run)) return;
    const makesWay = now - run.since >= slice && next < waiting.length;
    const fresh = makesWay ? 0 : Math.min(run.left, atATime - run.underWay);
    run.left -= fresh;
    run.underWay += fresh;
    for (let count = 0; count < fresh; count += 1)
      events.add(now + batch * (0.5 + random()) + gap, () => end(run));
    if (run.underWay > 0) return;
    working[run.worker]!.delete(run);
    placeTime += now - run.since;
    if (run.left > 0) waiting.push(run);
    take(run.worker);
  };
  const end = (run: Run): void => {
    run.underWay -= 1;
    ended += 1;
    if (now >= run.frozenUntil) begin(run);
    else events.add(run.frozenUntil, () => begin(run));
  };
  const take = (worker: number): void => {
    const run = waiting[next];
    if (!run) return;
    next += 1;
    turns += 1;
    if (!run.hasBegun) waits.push(now);
    run.hasBegun = true;
    run.worker = worker;
    run.since = now;
    working[worker]!.add(run);
    events.add(now + turn, () => begin(run));
  };
  const die = (worker: number): void => {
    if (ended === total) return;
    deaths += 1;
    for (const run of working[worker]!) run.frozenUntil = now + takeover;
    events.add(now + life, () => die(worker));
  };

  for (let place = 0; place < addresses * places; place += 1) take(place % addresses);
  if (life < Infinity)
    for (let worker = 0; worker < addresses; worker += 1)
      events.add(life * random(), () => die(worker));
  for (let event = events.next(); event; event = events.next()) {
    now = event.at;
    event.act();
    if (ended === total) break;
  }
  const used = placeTime / (now * addresses * places);
  return { seconds: now, batches: total, turns, deaths, waits, used };
}
