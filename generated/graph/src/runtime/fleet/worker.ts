// @ts-nocheck
import type { Transmit } from '../call.js';
import { systemClock } from '../batch/pace/system-clock.js';
import { LeaseError, Lease } from './lease.js';
import type { FleetMetrics } from './metrics.js';
import type { OnTheWire } from './on-the-wire.js';
import { AddressPace } from './pace.js';
import { type MakeBatch, perform, type TurnEnd } from './perform.js';
import { claimPlaces, idleAfter, leavePlaces } from './places.js';
import { type Boss, type BossJob, type BossSendOptions, isConnectionLost } from './postgres.js';
import { changeRun, findRun, type StoredRun } from './runs.js';
import type { Store } from './store.js';
import { othersWait, Sweeper } from './sweeper.js';
import type { FleetOptions, RunStatus, Worker, WorkOptions } from './types.js';

/** Milliseconds before a job is given back whose turn was cut short. */
const backOff = 500;
/** Of the time for which a worker has its places, the share after which it no longer counts on them. */
const reserve = 0.2;

/** What a worker is made of. */
export interface WorkerParts {
  readonly store: Store;
  /** Gives out the jobs; one of the worker's own. */
  readonly boss: Boss;
  readonly queue: string;
  readonly name: string;
  readonly address: string;
  /** Units that all workers of an address may act for at a time, and the requests a second of one. */
  readonly perAddress: number;
  readonly perSecond: number;
  readonly lease: number;
  readonly client: FleetOptions['client'];
  readonly makeBatch: MakeBatch;
  readonly scopeOf: (unit: string) => Readonly<Record<string, string>>;
  readonly metrics: FleetMetrics;
  readonly wire: OnTheWire;
  readonly send: Transmit;
  readonly report: (error: unknown) => void;
}

/** Takes runs from the queue, as many units at a time as it has places. */
export class FleetWorker implements Worker {
  readonly name: string;
  readonly drained: Promise<void>;
  readonly #parts: WorkerParts;
  readonly #id = crypto.randomUUID();
  readonly #wants: number;
  readonly #slice: number;
  readonly #drain = new AbortController();
  /** Places by what the queue calls them; those that are given up hold until their turn has ended. */
  readonly #places = new Map<string, 'open' | 'closing'>();
  /** What ends the turns of the runs that it has. */
  readonly #turns = new Map<string, AbortController>();
  readonly #ended = new Set<Promise<void>>();
  #claims: ReturnType<typeof setInterval> | undefined;
  readonly #sweeper: Sweeper;
  readonly #pace: AddressPace;
  /** Places that it may have, those by which its rate counts, and until when. */
  #granted = 0;
  #share = 0;
  #until = -Infinity;
  #claimed = -Infinity;
  #claiming: Promise<void> | undefined;
  #ending: Promise<void> | undefined;
  #hasEnded = (): void => {};

  constructor(parts: WorkerParts, { organizations = 10, slice = 60_000 }: WorkOptions) {
    if (!Number.isInteger(organizations) || organizations < 1)
      throw new RangeError(`organizations is ${organizations}; it is a positive integer`);
    this.name = parts.name;
    this.#parts = parts;
    this.#wants = organizations;
    this.#slice = slice;
    this.drained = new Promise((done) => (this.#hasEnded = done));
    this.#sweeper = new Sweeper(parts, () => this.#wakePlaces());
    this.#pace = new AddressPace(() =>
      performance.now() < this.#until ? this.#share * parts.perSecond : 0,
    );
  }

  async start(): Promise<void> {
    const { lease, metrics } = this.#parts;
    await this.#claim();
    this.#claims = setInterval(() => void this.#claim(), lease / 10);
    void this.#sweeper.look();
    metrics.watchPlaces(() => ({ busy: this.#turns.size, places: this.#granted }));
  }

  drain(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<void> {
    const { store, boss, queue, report } = this.#parts;
    this.#drain.abort(new Error('The worker is drained.'));
    for (const turn of this.#turns.values()) turn.abort();
    await boss.offWork(queue, { wait: false });
    await Promise.allSettled(this.#ended);
    clearInterval(this.#claims);
    this.#sweeper.end();
    await leavePlaces(store, this.#id).catch(report);
    await boss.stop({ graceful: true, close: true });
    this.#hasEnded();
  }

  /** Says that it lives, and hears how many places it has; one at a time. */
  #claim(): Promise<void> {
    return (this.#claiming ??= this.#claimNow().finally(() => (this.#claiming = undefined)));
  }

  async #claimNow(): Promise<void> {
    const { store, name, address, perAddress: limit, lease: ms, report } = this.#parts;
    const asked = performance.now();
    try {
      const applicant = { id: this.#id, name, address, wants: this.#wants, limit, ms };
      const use = { held: this.#places.size, busy: this.#turns.size };
      const { places, share, isDraining } = await claimPlaces(store, applicant, use);
      this.#granted = places;
      this.#share = share;
      this.#claimed = asked;
      this.#until = asked + ms * (1 - reserve);
      if (isDraining) this.drain().catch(report);
      await this.#resize();
    } catch (error) {
      // The next one tries again; until then it keeps what it has.
      report(error);
    }
  }

  /** Has those look into the queue that wait for their next look. */
  #wakePlaces(): void {
    for (const [id, state] of this.#places) if (state === 'open') this.#parts.boss.notifyWorker(id);
  }

  /** Opens places, or closes those that have nothing to do: the others make way by and by. */
  async #resize(): Promise<void> {
    if (this.#drain.signal.aborted) return;
    while (this.#places.size < this.#granted) await this.#openPlace();
    const idle = [...this.#places].filter(([, state]) => state === 'open').map(([id]) => id);
    const surplus = this.#places.size - this.#granted;
    const closing = this.#places.size - idle.length;
    for (const id of idle.slice(0, Math.max(0, surplus - closing))) this.#closePlace(id);
  }

  async #openPlace(): Promise<void> {
    const { boss, queue, lease } = this.#parts;
    const id = await boss.work(
      queue,
      {
        batchSize: 1,
        groupConcurrency: 1,
        pollingIntervalSeconds: 0.5,
        heartbeatRefreshSeconds: lease / 5_000,
      },
      async (jobs) => {
        for (const job of jobs) await this.#take(job);
      },
    );
    this.#places.set(id, 'open');
  }

  /** It takes no further job; it is free for others once the turn has ended that it may be in. */
  #closePlace(id: string): void {
    const { boss, queue, report } = this.#parts;
    this.#places.set(id, 'closing');
    void boss
      .offWork(queue, { id, wait: true })
      .catch(report)
      .then(() => this.#places.delete(id));
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
    const { store, name, lease: ms, metrics, report } = this.#parts;
    const { run: id } = job.data;
    let lease: Lease | undefined;
    try {
      if (this.#drain.signal.aborted) throw this.#drain.signal.reason;
      await this.#checkPlace();
      const run = await findRun(store, id);
      if (!run || isOver(run.state)) return;
      lease = await Lease.take(store, {
        unit: run.unit,
        worker: name,
        ms,
        signal: this.#drain.signal,
      });
      metrics.turn(run);
      await this.#run(id, lease);
    } catch (error) {
      report(error);
      if (lease && isOwnFault(error)) {
        await changeRun(store, id, lease, { state: 'failed', error: textOf(error) });
        return;
      }
      await systemClock.sleep(backOff);
      throw error;
    } finally {
      this.#turns.delete(id);
      await lease?.release().catch(report);
    }
  }

  /** @throws Error where others may have the place by now, as this worker has been silent. */
  async #checkPlace(): Promise<void> {
    const patience = this.#parts.lease * idleAfter;
    const isSilent = (): boolean => performance.now() > this.#claimed + patience;
    if (!isSilent()) return;
    await this.#claim();
    if (isSilent() || this.#ended.size > this.#granted)
      throw new Error('Others may have the places of this worker, which has been silent.');
  }

  async #run(id: string, lease: Lease): Promise<void> {
    const { store, client, makeBatch, scopeOf, metrics, wire, send } = this.#parts;
    // It may have ended while the worker waited for the lease.
    const run = await findRun(store, id);
    if (!run || isOver(run.state)) return;
    const begun = await changeRun(store, id, lease, { state: 'running' });
    if (begun.isCancelled) {
      await changeRun(store, id, lease, { state: 'cancelled' });
      return;
    }
    const yields = new AbortController();
    this.#turns.set(id, yields);
    if (this.#drain.signal.aborted) yields.abort();
    const slice = setInterval(() => void this.#makeWay(run, yields), this.#slice);
    try {
      const end = await perform({
        store,
        run,
        scope: scopeOf(run.unit),
        lease,
        client,
        makeBatch,
        yields: yields.signal,
        ...(this.#parts.perAddress < Infinity && { pace: this.#pace }),
        metrics,
        wire,
        send,
      });
      await this.#close(run, lease, end);
    } finally {
      clearInterval(slice);
    }
  }

  async #close(run: StoredRun, lease: Lease, end: TurnEnd): Promise<void> {
    const { store, boss, queue } = this.#parts;
    if (end !== 'yielded') {
      await changeRun(store, run.id, lease, { state: end });
      return;
    }
    // Behind those that wait; the job that ends is done.
    await changeRun(store, run.id, lease, { state: 'queued' });
    await boss.send(queue, { run: run.id }, jobOptions(run.unit, run.priority));
  }

  /** Ends a turn where others wait for a place, or another worker of the address is to have it. */
  async #makeWay({ unit }: RunStatus, turn: AbortController): Promise<void> {
    if (this.#turns.size < this.#granted) return;
    const isAbove = this.#turns.size > this.#granted;
    if (isAbove || (await othersWait(this.#parts, unit))) turn.abort();
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
