import type { Transmit } from '../call.js';
import type { Client } from '../client.js';
import type { Journal } from '../batch/journal/journal.js';
import type { SkipReason } from '../batch/outcome/batch-result.js';
import type { Outcome } from '../batch/outcome/outcome.js';
import type { Plan } from '../batch/plan/units.js';
import type { Progress } from '../batch/run/progress.js';
import { fencedClient, fencedFetch } from './fenced-client.js';
import { LeaseError, type Lease } from './lease.js';
import type { FleetMetrics } from './metrics.js';
import type { OnTheWire } from './on-the-wire.js';
import type { AddressPace } from './pace.js';
import { hasEntries, postgresJournal, recordedJournal } from './postgres-journal.js';
import { changeRun, isAskedToEnd, statusesOf, storeOutcomes, type StoredRun } from './runs.js';
import type { Store } from './store.js';
import type { FleetOptions } from './types.js';

/** Milliseconds between two looks at whether a run is to end, and two notes of how far it has come. */
const noteEvery = 500;

/** What a fleet needs of the batch object of any dialect. */
export interface FleetBatch {
  resume(journal: Journal, options: { readonly signal: AbortSignal }): Running;
  run(plan: Plan, options: object): Running;
  undo?(journal: Journal, options: { readonly signal: AbortSignal }): Promise<Plan>;
}

interface Running extends PromiseLike<object>, AsyncIterable<Progress> {
  stop(): Promise<void>;
}

export type MakeBatch = (client: Client) => FleetBatch;

/** A run whose turn has come. */
export interface Turn {
  readonly store: Store;
  readonly run: StoredRun;
  readonly scope: Readonly<Record<string, string>>;
  readonly lease: Lease;
  readonly client: FleetOptions['client'];
  readonly makeBatch: MakeBatch;
  /** Aborted when the run is to make way. */
  readonly yields: AbortSignal;
  /** Where the requests of its address are limited. */
  readonly pace?: AddressPace;
  readonly metrics: FleetMetrics;
  readonly wire: OnTheWire;
  readonly send: Transmit;
}

/** How a turn ended: the run is over, or goes on in another turn. */
export type TurnEnd = 'done' | 'cancelled' | 'yielded';

/**
 * Runs a run until it ends, is cancelled, or is to make way.
 *
 * @throws LeaseError where the lease ends first.
 */
export async function perform(turn: Turn): Promise<TurnEnd> {
  const { store, run, lease, yields, metrics } = turn;
  const journal = postgresJournal(store, run.id, lease);
  // Earlier turns have stored theirs. Nothing is waited for between the begin of a run and the look at what it does:
  // what it rejects with meanwhile would end the process.
  const known = await statusesOf(store, run.id);
  const begun = await begin(turn, journal);
  if (!begun) return 'done';
  const { running } = begun;
  let isCancelled = false;
  const stop = (): void => void running.stop();
  yields.addEventListener('abort', stop);
  if (yields.aborted) stop();
  const counts: Partial<Record<Outcome['status'], number>> = {};
  for (const status of known.values()) counts[status] = (counts[status] ?? 0) + 1;
  let fresh = new Map<number, Outcome>();
  let isNoted = false;
  const note = async (): Promise<void> => {
    const now = [...fresh];
    fresh = new Map();
    if (now.length > 0) await storeOutcomes(store, run.id, lease, now);
    for (const [index, { status }] of now) {
      const before = known.get(index);
      if (before === status) continue;
      if (before !== undefined) counts[before] = (counts[before] ?? 1) - 1;
      counts[status] = (counts[status] ?? 0) + 1;
      known.set(index, status);
      metrics.outcomes(status, 1);
    }
    for (const [status, count] of Object.entries(counts))
      if (count === 0) delete counts[status as Outcome['status']];
    const change = { settled: known.size, summary: counts };
    const isAsked =
      isNoted && now.length === 0
        ? await isAskedToEnd(store, run.id)
        : (await changeRun(store, run.id, lease, change)).isCancelled;
    isNoted = true;
    if (!isAsked || isCancelled) return;
    isCancelled = true;
    stop();
  };
  const notes = repeat(note, noteEvery);
  try {
    for await (const { settled: outcomes } of running)
      for (const [index, outcome] of outcomes) fresh.set(index, outcome);
    // The store has plans that are lists of actions.
    const outcomes = Object.values(await running) as readonly Outcome[];
    await notes.end();
    lease.check();
    // Nothing was sent that is not in the journal; where that cannot be written, another turn goes on.
    if (isSkipped(outcomes, 'journal')) throw new LeaseError(lease.unit);
    for (const [index, outcome] of outcomes.entries())
      if (known.get(index) !== outcome.status) fresh.set(index, outcome);
    await note();
    if (!isSkipped(outcomes, 'stopped')) return 'done';
    if (isCancelled) return 'cancelled';
    return yields.aborted ? 'yielded' : 'done';
  } finally {
    yields.removeEventListener('abort', stop);
    await notes.end().catch(() => {});
  }
}

function isSkipped(outcomes: readonly Outcome[], reason: SkipReason): boolean {
  return outcomes.some((outcome) => outcome.status === 'skipped' && outcome.reason === reason);
}

/** Undefined where there is nothing to undo. A run is a promise of its own, so it is given inside of an object. */
async function begin(
  turn: Turn,
  journal: Journal,
): Promise<{ readonly running: Running } | undefined> {
  const { store, run, scope, lease, client, makeBatch } = turn;
  const { signal } = lease;
  const made = await client(run.unit, { fetch: fencedFetch(turn), epoch: lease.epoch });
  const batch = makeBatch(fencedClient('client' in made ? made.client : made, lease));
  if (run.kind === 'run' || (await hasEntries(store, run.id))) {
    return { running: batch.resume(journal, { signal }) };
  }
  if (!batch.undo || run.of === undefined) throw new TypeError('This API has nothing to undo.');
  const undo = await batch.undo(recordedJournal(store, run.of), { signal });
  await changeRun(store, run.id, lease, { actions: undo.actions.length });
  if (undo.actions.length === 0) return undefined;
  const options = { ...scope, journal, onError: 'continue', capture: true, signal };
  return { running: batch.run(undo, options) };
}

/** Does something again and again, one at a time; `end` waits for the last one, and throws what it threw. */
function repeat(act: () => Promise<void>, ms: number): { readonly end: () => Promise<void> } {
  let failure: { readonly error: unknown } | undefined;
  let last = Promise.resolve();
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy || failure) return;
    isBusy = true;
    last = act()
      .catch((error: unknown) => {
        failure = { error };
      })
      .finally(() => {
        isBusy = false;
      });
  }, ms);
  return {
    end: async () => {
      clearInterval(timer);
      await last;
      if (failure) throw failure.error;
    },
  };
}
