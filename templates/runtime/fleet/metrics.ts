import type { FleetMeter } from './meter.js';
import type { QueueDepth } from './types.js';
import type { StoredRun } from './runs.js';

/** What a worker counts. */
export interface FleetMetrics {
  /** A request to the API. */
  request(): void;
  /** Outcomes of actions, by status. */
  outcomes(status: string, count: number): void;
  /** A run has a turn: how long it waited for its first one is the age of the queue. */
  turn(run: StoredRun): void;
  watchPlaces(look: () => { readonly busy: number; readonly places: number }): void;
}

/** The instruments of a fleet; without a meter they count nothing. */
export function fleetMetrics(
  meter: FleetMeter | undefined,
  depth: () => Promise<QueueDepth | undefined>,
): FleetMetrics {
  if (!meter) return silent;
  const requests = meter.createCounter('fleet.requests', {
    description: 'Requests to the API',
    unit: '{request}',
  });
  const outcomes = meter.createCounter('fleet.outcomes', {
    description: 'Outcomes of actions',
    unit: '{action}',
  });
  const waits = meter.createHistogram('fleet.queue.wait', {
    description: 'How long runs waited for their first turn',
    unit: 's',
  });
  const places = meter.createObservableGauge('fleet.places', {
    description: 'Units that the worker may act for at a time, and those that it acts for',
    unit: '{unit}',
  });
  const runs = meter.createObservableGauge('fleet.runs', {
    description: 'Runs that wait, and runs that are at work, in the whole fleet',
    unit: '{run}',
  });
  const age = meter.createObservableGauge('fleet.queue.age', {
    description: 'How long the oldest run waits that could have begun',
    unit: 's',
  });
  runs.addCallback(async (result) => {
    const now = await depth();
    if (!now) return;
    result.observe(now.queued, { state: 'queued' });
    result.observe(now.running, { state: 'running' });
  });
  age.addCallback(async (result) => {
    const now = await depth();
    if (now) result.observe(now.oldest);
  });
  return {
    request: () => requests.add(1),
    outcomes: (status, count) => outcomes.add(count, { status }),
    turn: ({ started, created }) => {
      if (!started) waits.record((Date.now() - created.getTime()) / 1_000);
    },
    watchPlaces: (look) =>
      places.addCallback((result) => {
        const { busy, places: all } = look();
        result.observe(busy, { state: 'busy' });
        result.observe(Math.max(0, all - busy), { state: 'free' });
      }),
  };
}

const silent: FleetMetrics = {
  request: () => {},
  outcomes: () => {},
  turn: () => {},
  watchPlaces: () => {},
};
