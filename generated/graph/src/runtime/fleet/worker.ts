// @ts-nocheck
import { systemClock } from '../batch/pace/system-clock.js';
import { LeaseError, Lease } from './lease.js';
import { type MakeBatch, perform, type TurnEnd } from './perform.js';
import { type Boss, type BossJob, type BossSendOptions, isConnectionLost } from './postgres.js';
import { changeRun, findRun, type RunChange, type StoredRun } from './runs.js';
import type { Store } from './store.js';
import type { FleetOptions, RunStatus, Worker, WorkOptions } from './types.js';

/** Milliseconds before a job is given back whose turn was cut short. */
const backOff = 500;
/** Milliseconds between two looks for runs whose worker has died. */
const sweepEvery = 1_000;

/** What a worker is made of. */
export interface WorkerParts {
  readonly store: Store;
  /** Gives out the jobs; one of the worker's own. */
  readonly boss: Boss;
  readonly queue: string;
  readonly name: string;
  readonly lease: number;
  readonly client: FleetOptions['client'];
  readonly makeBatch: MakeBatch;
  readonly scopeOf: (unit: string) => Readonly<Record<string, string>>;
  readonly report: (error: unknown) => void;
}

/** Takes runs from the queue, as many units at a time as it has places. */
export class FleetWorker implements Worker {
  readonly name: string;
  readonly #parts: WorkerParts;
  readonly #places: number;
  readonly #slice: number;
  readonly #drain = new AbortController();
  /** What ends the turns of the runs that it has. */
  readonly #turns = new Map<string, AbortController>();
  readonly #ended = new Set<Promise<void>>();
  #sweeping: ReturnType<typeof setInterval> | undefined;
  #drained: Promise<void> | undefined;

  constructor(parts: WorkerParts, { organizations = 10, slice = 60_000 }: WorkOptions) {
    if (!Number.isInteger(organizations) || organizations < 1)
      throw new RangeError(`organizations is ${organizations}; it is a positive integer`);
    this.name = parts.name;
    this.#parts = parts;
    this.#places = organizations;
    this.#slice = slice;
  }

  async start(): Promise<void> {
    const { boss, queue, lease } = this.#parts;
    await boss.work(
      queue,
      {
        batchSize: 1,
        localConcurrency: this.#places,
        groupConcurrency: 1,
        pollingIntervalSeconds: 0.5,
        heartbeatRefreshSeconds: lease / 5_000,
      },
      async (jobs) => {
        for (const job of jobs) await this.#take(job);
      },
    );
    this.#sweeping = setInterval(() => void this.#sweep(), sweepEvery);
  }

  drain(): Promise<void> {
    this.#drained ??= this.#end();
    return this.#drained;
  }

  async #end(): Promise<void> {
    const { boss, queue } = this.#parts;
    clearInterval(this.#sweeping);
    this.#drain.abort(new Error('The worker is drained.'));
    for (const turn of this.#turns.values()) turn.abort();
    await boss.offWork(queue, { wait: false });
    await Promise.allSettled(this.#ended);
    await boss.stop({ graceful: true, close: true });
  }

  async #take(job: BossJob): Promise<void> {
    const turn = this.#turn(job);
    this.#ended.add(turn);
    try {
      await turn;
    } finally {
      this.#ended.delete(turn);
    }
  }

  /** @throws what makes the queue give the job to another worker. */
  async #turn(job: BossJob): Promise<void> {
    const { store, name, lease: ms } = this.#parts;
    const { run: id } = job.data;
    let lease: Lease | undefined;
    try {
      if (this.#drain.signal.aborted) throw this.#drain.signal.reason;
      const run = await findRun(store, id);
      if (!run || isOver(run.state)) return;
      lease = await Lease.take(store, {
        unit: run.unit,
        worker: name,
        ms,
        signal: this.#drain.signal,
      });
      await this.#run(job, id, lease);
    } catch (error) {
      this.#parts.report(error);
      if (lease && isOwnFault(error)) {
        await changeRun(store, id, lease, { state: 'failed', error: textOf(error) });
        return;
      }
      await systemClock.sleep(backOff);
      throw error;
    } finally {
      this.#turns.delete(id);
      await lease?.release().catch((error: unknown) => this.#parts.report(error));
    }
  }

  async #run(job: BossJob, id: string, lease: Lease): Promise<void> {
    const { store, client, makeBatch, scopeOf } = this.#parts;
    // It may have ended while the worker waited for the lease.
    const run = await findRun(store, id);
    if (!run || isOver(run.state)) return;
    const begun = await changeRun(store, id, lease, { state: 'running', job: job.id });
    if (begun.isCancelled) {
      await changeRun(store, id, lease, { state: 'cancelled' });
      return;
    }
    const yields = new AbortController();
    this.#turns.set(id, yields);
    if (this.#drain.signal.aborted) yields.abort();
    const slice = setInterval(() => void this.#makeWay(run, yields), this.#slice);
    try {
      const scope = scopeOf(run.unit);
      const { signal } = yields;
      const end = await perform({
        store,
        run,
        scope,
        lease,
        client,
        makeBatch,
        yields: signal,
      });
      await this.#close(run, lease, end);
    } finally {
      clearInterval(slice);
    }
  }

  async #close(run: StoredRun, lease: Lease, end: TurnEnd): Promise<void> {
    const { store } = this.#parts;
    if (end !== 'yielded') {
      const state: RunChange['state'] = end;
      await changeRun(store, run.id, lease, { state });
      return;
    }
    // Behind those that wait; the job that ends is done.
    await changeRun(store, run.id, lease, { state: 'queued' });
    await this.#requeue(run);
  }

  async #requeue({ id, unit, priority }: StoredRun): Promise<void> {
    const { boss, queue } = this.#parts;
    await boss.send(queue, { run: id }, jobOptions(unit, priority));
  }

  /** Ends a turn where others wait for a place. */
  async #makeWay({ unit }: RunStatus, turn: AbortController): Promise<void> {
    const { pool, schema } = this.#parts.store;
    if (this.#turns.size < this.#places) return;
    try {
      const { rows } = await pool.query(
        `select exists (
           select 1 from ${schema}.runs
           where state = 'queued' and unit <> $1
             and (start_after is null or start_after <= clock_timestamp())
         ) as waits`,
        [unit],
      );
      if (rows[0]?.['waits'] === true) turn.abort();
    } catch (error) {
      this.#parts.report(error);
    }
  }

  /** Gives the jobs of workers that have died back to the queue, as soon as their leases have ended. */
  async #sweep(): Promise<void> {
    const { store, boss, queue } = this.#parts;
    const { pool, schema } = store;
    try {
      const { rows } = await pool.query(
        `with dead as (
           select run.id, run.job from ${schema}.runs run
           join ${schema}.owners owner on owner.unit = run.unit
           where run.state = 'running' and run.job is not null and owner.until <= clock_timestamp()
           for update of run skip locked
         )
         update ${schema}.runs run set job = null from dead where run.id = dead.id
         returning dead.job::text as job`,
      );
      for (const { job } of rows)
        await boss.fail(queue, String(job), { message: 'its worker has died' });
    } catch (error) {
      this.#parts.report(error);
    }
  }
}

/** How the job of a run is queued: one of a unit at a time, in the whole fleet. */
export function jobOptions(unit: string, priority: number): BossSendOptions {
  return { group: { id: unit }, priority };
}

function isOver(state: RunStatus['state']): boolean {
  return state !== 'queued' && state !== 'running';
}

/** Whether another turn would fail in the same way. */
function isOwnFault(error: unknown): boolean {
  return !(error instanceof LeaseError) && (hasReason(error) || !isConnectionLost(error));
}

/** Errors of journals say why; one whose lease has ended goes on elsewhere. */
function hasReason(error: unknown): boolean {
  return error instanceof Error && 'reason' in error && error.reason !== 'in-use';
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
