// @ts-nocheck
import type { DialectBase } from '../batch/protocol/protocol.js';
import { hostName, ownId } from '../batch/journal/node-api.js';
import { depthOf, healthOf, withoutDatabase } from './health.js';
import { listen } from './listen.js';
import { type FleetMetrics, fleetMetrics } from './metrics.js';
import { type Opened, openFleet, type Opening, openQueue } from './opening.js';
import type { MakeBatch } from './perform.js';
import { asBossDatabase, checkedSchema, inTransaction, whileAway } from './postgres.js';
import { recordRun } from './record-run.js';
import { channelOf, insertRun, type NewRun, outcomesOf, statusOf } from './runs.js';
import type {
  Fleet,
  FleetHealth,
  FleetOptions,
  Ordering,
  QueueDepth,
  RunStatus,
  StoredOutcome,
  Submission,
  Worker,
  WorkOptions,
} from './types.js';
import { OnTheWire } from './on-the-wire.js';
import { ownAddress } from './own-address.js';
import { scopeOf, unitOf } from './unit.js';
import { FleetWorker, jobOptions } from './worker.js';

/** What the package gives of its API. */
export interface FleetParts {
  readonly dialect: DialectBase;
  readonly makeBatch: MakeBatch;
  /** Requests a second that the API takes of one source address; absent where it has no such limit. */
  readonly addressRate?: number;
}

/** Milliseconds after which a lease ends that is not renewed; the queue knows no shorter ones. */
const shortestLease = 10_000;

/** Binds a fleet to an API. Nothing is opened before it is used. */
export function createFleet<ScopeName extends string>(
  options: FleetOptions,
  parts: FleetParts,
): Fleet<ScopeName> {
  return new PostgresFleet(options, parts);
}

class PostgresFleet implements Fleet<string> {
  readonly #options: FleetOptions;
  readonly #parts: FleetParts;
  readonly #schema: string;
  readonly #lease: number;
  readonly #opening: Opening;
  readonly #workers = new Set<Worker>();
  readonly #perAddress: number;
  readonly #metrics: FleetMetrics;
  #opened: Promise<Opened> | undefined;

  constructor(options: FleetOptions, parts: FleetParts) {
    const { schema = 'batchwright', lease = shortestLease } = options;
    const { addressRate = parts.addressRate ?? Infinity } = options;
    if (!(lease >= shortestLease))
      throw new RangeError(`lease is ${lease}; it is a number of milliseconds, 10000 at least`);
    const { perSecond } = parts.dialect.limits;
    if (!(addressRate >= perSecond))
      throw new RangeError(
        `addressRate is ${addressRate}; it is a number of requests a second, ${perSecond} at least`,
      );
    this.#perAddress = Math.floor(addressRate / perSecond);
    this.#metrics = fleetMetrics(options.meter, () => this.#depth());
    this.#options = options;
    this.#parts = parts;
    this.#schema = checkedSchema(schema);
    this.#lease = lease;
    this.#opening = { options, schema: this.#schema, lease, report: this.#report };
  }

  async submit(submission: Submission<string>): Promise<string> {
    const { dialect } = this.#parts;
    const unit = unitOf(dialect, submission);
    const scope = scopeOf(dialect, unit);
    const { entries, actions } = recordRun(dialect, submission, scope, submission.options ?? {});
    const { store } = await this.#open();
    const sealed = await Promise.all(
      entries.map(async (entry) => store.seal(JSON.stringify(entry))),
    );
    return this.#store({ ...orderOf(submission), unit, kind: 'run', actions, entries: sealed });
  }

  async undo(run: string, ordering: Omit<Ordering, 'options'> = {}): Promise<string> {
    const { unit, state } = await this.status(run);
    if (state === 'queued' || state === 'running')
      throw new TypeError(`Run ${run} has not ended: cancel it, or wait for its end.`);
    return this.#store({
      ...orderOf(ordering),
      unit,
      kind: 'undo',
      of: run,
      actions: 0,
      entries: [],
    });
  }

  async work(options: WorkOptions = {}): Promise<Worker> {
    const { store } = await this.#open();
    const { client, fetch: send = fetch } = this.#options;
    const name = options.name ?? `${await hostName()} ${await ownId()}`;
    const boss = await openQueue(this.#opening, {
      supervise: true,
      superviseIntervalSeconds: 10,
      monitorIntervalSeconds: 10,
      // After a partition, a look into the queue would else keep its place busy for a minute.
      query_timeout: this.#lease,
    });
    const worker = new FleetWorker(
      {
        store,
        boss,
        queue: this.#schema,
        name,
        address: options.address ?? (await ownAddress(store.pool)),
        perAddress: this.#perAddress,
        perSecond: this.#parts.dialect.limits.perSecond,
        metrics: this.#metrics,
        wire: await OnTheWire.watch(),
        send,
        lease: this.#lease,
        client,
        makeBatch: this.#parts.makeBatch,
        scopeOf: (unit) => scopeOf(this.#parts.dialect, unit),
        report: this.#report,
      },
      options,
    );
    await worker.start();
    this.#workers.add(worker);
    void worker.drained.then(() => this.#workers.delete(worker));
    return worker;
  }

  async status(run: string): Promise<RunStatus> {
    const { store } = await this.#open();
    return statusOf(store, run);
  }

  async *watch(run: string): AsyncGenerator<RunStatus, void> {
    const { store } = await this.#open();
    const ear = await listen(store, channelOf(this.#schema), run);
    try {
      for (let last = ''; ;) {
        const change = ear.change();
        const status = await whileAway(() => statusOf(store, run), this.#report);
        if (status) {
          const text = JSON.stringify(status);
          if (text !== last) yield status;
          last = text;
          if (status.state !== 'queued' && status.state !== 'running') return;
        }
        await change;
      }
    } finally {
      ear.close();
    }
  }

  async *outcomes(run: string): AsyncGenerator<StoredOutcome, void> {
    const { store } = await this.#open();
    await statusOf(store, run);
    yield* outcomesOf(store, run);
  }

  async cancel(run: string): Promise<boolean> {
    await this.status(run);
    const { store } = await this.#open();
    const { rows } = await store.pool.query(
      `update ${this.#schema}.runs set is_cancelled = true,
         state = case state when 'queued' then 'cancelled' else state end,
         ended = case state when 'queued' then clock_timestamp() end
       where id = $1 and state in ('queued', 'running') returning pg_notify($2, id::text)`,
      [run, channelOf(this.#schema)],
    );
    return rows.length > 0;
  }

  async resume(run: string): Promise<boolean> {
    const { unit } = await this.status(run);
    const { store, boss } = await this.#open();
    return inTransaction(store.pool, async (database) => {
      const { rows } = await database.query(
        `update ${this.#schema}.runs
         set state = 'queued', is_cancelled = false, error = null, ended = null, settled = 0, summary = null
         where id = $1 and state in ('cancelled', 'failed') returning priority`,
        [run],
      );
      const [row] = rows;
      if (!row) return false;
      await boss.send(
        this.#schema,
        { run },
        {
          ...jobOptions(unit, Number(row['priority'])),
          db: asBossDatabase(database),
        },
      );
      return true;
    });
  }

  async health(): Promise<FleetHealth> {
    try {
      const { store } = await this.#open();
      return await healthOf(store);
    } catch (error) {
      return withoutDatabase(error);
    }
  }

  async drain(worker?: string): Promise<number> {
    const { store } = await this.#open();
    const { rowCount } = await store.pool.query(
      `update ${this.#schema}.workers set is_draining = true
       where until > clock_timestamp() and ($1::text is null or name = $1)`,
      [worker ?? null],
    );
    return rowCount ?? 0;
  }

  async forget(before: Date): Promise<number> {
    const { store } = await this.#open();
    const { rowCount } = await store.pool.query(
      `delete from ${this.#schema}.runs run where ended < $1
       and not exists (select 1 from ${this.#schema}.runs later where later.of = run.id and later.ended is null)`,
      [before],
    );
    return rowCount ?? 0;
  }

  async close(): Promise<void> {
    const opened = await this.#opened?.catch(() => undefined);
    await Promise.all([...this.#workers].map((worker) => worker.drain()));
    this.#opened = undefined;
    await opened?.boss.stop({ graceful: false });
    await opened?.store.pool.end();
  }

  /** Stores a run and the job that runs it, in one transaction. */
  async #store(run: NewRun): Promise<string> {
    const { store, boss } = await this.#open();
    return inTransaction(store.pool, async (database) => {
      const { id, isNew } = await insertRun(database, this.#schema, run);
      if (!isNew) return id;
      await boss.send(
        this.#schema,
        { run: id },
        {
          ...jobOptions(run.unit, run.priority),
          ...(run.startAfter && { startAfter: run.startAfter }),
          db: asBossDatabase(database),
        },
      );
      return id;
    });
  }

  /** Undefined where nothing is open, or the database is away. */
  async #depth(): Promise<QueueDepth | undefined> {
    const opened = await this.#opened?.catch(() => undefined);
    return opened && depthOf(opened.store).catch(() => undefined);
  }

  #open(): Promise<Opened> {
    this.#opened ??= openFleet(this.#opening).catch((error: unknown) => {
      // The next call tries again.
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  readonly #report = (error: unknown): void => {
    this.#options.onError?.(error);
  };
}

function orderOf({
  key,
  priority = 0,
  startAfter,
}: Ordering): Pick<NewRun, 'key' | 'priority' | 'startAfter'> {
  if (!Number.isInteger(priority))
    throw new RangeError(`priority is ${priority}; it is an integer`);
  return { key, priority, startAfter };
}
