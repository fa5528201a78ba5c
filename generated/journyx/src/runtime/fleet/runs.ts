// @ts-nocheck
import type { Outcome } from '../batch/outcome/outcome.js';
import { LeaseError, type Lease, ownerIn } from './lease.js';
import type { Database, Row } from './postgres.js';
import { statementSize } from './statement-size.js';
import type { Store } from './store.js';
import type { RunState, RunStatus, StoredOutcome } from './types.js';

/** Outcomes that one statement reads. */
const page = 1_000;

/** A run to be stored. */
export interface NewRun {
  readonly unit: string;
  readonly kind: 'run' | 'undo';
  readonly of?: string | undefined;
  readonly key: string | undefined;
  readonly priority: number;
  readonly startAfter: Date | undefined;
  readonly actions: number;
  /** Entries of its journal, sealed. */
  readonly entries: readonly string[];
}

/** The name under which changes of runs are told. */
export function channelOf(schema: string): string {
  return `${schema}_runs`;
}

/** Stores a run; of one that has its key already, the id alone. */
export async function insertRun(
  database: Database,
  schema: string,
  run: NewRun,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const { rows } = await database.query(
    `insert into ${schema}.runs (unit, kind, of, key, priority, start_after, actions, state)
     values ($1, $2, $3, $4, $5, $6, $7, 'queued') on conflict (key) do nothing returning id`,
    [
      run.unit,
      run.kind,
      run.of ?? null,
      run.key ?? null,
      run.priority,
      run.startAfter ?? null,
      run.actions,
    ],
  );
  const [row] = rows;
  if (!row) return { id: await idOf(database, schema, run.key), isNew: false };
  const id = String(row['id']);
  const lines = run.entries.map((text) => ({ text }));
  for (let first = 0; first < lines.length;) {
    const size = statementSize(lines, first);
    await database.query(
      `insert into ${schema}.journal (run, seq, entry)
       select $1, $2 + line.place - 1, line.entry
       from unnest($3::text[]) with ordinality as line (entry, place)`,
      [id, first, run.entries.slice(first, first + size)],
    );
    first += size;
  }
  return { id, isNew: true };
}

async function idOf(database: Database, schema: string, key: string | undefined): Promise<string> {
  const { rows } = await database.query(`select id from ${schema}.runs where key = $1`, [key]);
  return String(rows[0]?.['id']);
}

/** A run, with what its workers need besides. */
export interface StoredRun extends RunStatus {
  readonly of: string | undefined;
  readonly priority: number;
}

/** @throws RangeError where there is no such run. */
export async function statusOf(store: Store, id: string): Promise<RunStatus> {
  const run = await findRun(store, id);
  if (!run) throw new RangeError(`There is no run ${id}.`);
  const { of: _of, priority: _priority, ...status } = run;
  return status;
}

export async function findRun({ pool, schema }: Store, id: string): Promise<StoredRun | undefined> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return undefined;
  const { rows } = await pool.query(
    `select run.*, owner.worker, owner.epoch::text as epoch from ${schema}.runs run
     left join ${schema}.owners owner
       on owner.unit = run.unit and run.state = 'running' and owner.until > clock_timestamp()
     where id = $1`,
    [id],
  );
  const [row] = rows;
  return row && runIn(row);
}

function runIn(row: Row): StoredRun {
  const text = (name: string): string | undefined =>
    row[name] === null || row[name] === undefined ? undefined : String(row[name]);
  const time = (name: string): Date | undefined =>
    row[name] instanceof Date ? row[name] : undefined;
  const worker = text('worker');
  return {
    id: String(row['id']),
    // The table allows no others, here and below.
    kind: String(row['kind']) as RunStatus['kind'],
    of: text('of'),
    unit: String(row['unit']),
    priority: Number(row['priority']),
    state: String(row['state']) as RunState,
    actions: Number(row['actions']),
    settled: Number(row['settled']),
    counts: JSON.parse(text('summary') ?? '{}') as RunStatus['counts'],
    owner: worker === undefined ? undefined : { worker, epoch: String(row['epoch']) },
    error: text('error'),
    created: time('created') ?? new Date(0),
    started: time('started'),
    ended: time('ended'),
  };
}

/** Whether somebody has cancelled a run. */
export async function isAskedToEnd({ pool, schema }: Store, id: string): Promise<boolean> {
  const { rows } = await pool.query(`select is_cancelled from ${schema}.runs where id = $1`, [id]);
  return rows[0]?.['is_cancelled'] === true;
}

/** What a worker changes of a run. */
export interface RunChange {
  readonly state?: RunState | undefined;
  /** Plan of an undo, which is known when its turn has come. */
  readonly actions?: number | undefined;
  readonly settled?: number | undefined;
  readonly summary?: RunStatus['counts'] | undefined;
  readonly error?: string | undefined;
}

/**
 * Changes a run, as the owner of its unit; says whether somebody has asked for its end.
 *
 * @throws LeaseError where another worker may act for the unit.
 */
export async function changeRun(
  { pool, schema }: Store,
  id: string,
  lease: Lease,
  { state, actions, settled, summary, error }: RunChange,
): Promise<{ readonly isCancelled: boolean }> {
  lease.check();
  const { rows } = await pool.query(
    `with ${ownerIn(schema)}, changed as (
       update ${schema}.runs set
         state = coalesce($4, state), actions = coalesce($5, actions),
         settled = coalesce($6, settled), summary = coalesce($7, summary), error = $8,
         started = coalesce(started, clock_timestamp()),
         ended = case when $4 in ('done', 'cancelled', 'failed') then clock_timestamp() end
       from owner where id = $3 returning is_cancelled
     )
     select is_cancelled, pg_notify($9, $3::text) from changed`,
    [
      lease.unit,
      lease.epoch,
      id,
      state ?? null,
      actions ?? null,
      settled ?? null,
      summary ? JSON.stringify(summary) : null,
      error ?? null,
      channelOf(schema),
    ],
  );
  const [row] = rows;
  if (!row) throw new LeaseError(lease.unit);
  return { isCancelled: row['is_cancelled'] === true };
}

/**
 * Stores outcomes, as the owner of the run's unit.
 *
 * @throws LeaseError where another worker may act for the unit.
 */
export async function storeOutcomes(
  store: Store,
  id: string,
  lease: Lease,
  outcomes: readonly (readonly [index: number, outcome: Outcome])[],
): Promise<void> {
  const { pool, schema } = store;
  for (let first = 0; first < outcomes.length; first += page) {
    const part = outcomes.slice(first, first + page);
    lease.check();
    const texts = await Promise.all(
      part.map(async ([, outcome]) => store.seal(JSON.stringify(outcome))),
    );
    const { rows } = await pool.query(
      `with ${ownerIn(schema)}, stored as (
         insert into ${schema}.outcomes (run, index, status, outcome)
         select $3, line.index, line.status, line.outcome
         from owner, unnest($4::int[], $5::text[], $6::text[]) as line (index, status, outcome)
         on conflict (run, index) do update
           set status = excluded.status, outcome = excluded.outcome
       )
       select count(*)::int as owners from owner`,
      [
        lease.unit,
        lease.epoch,
        id,
        part.map(([index]) => index),
        part.map(([, { status }]) => status),
        texts,
      ],
    );
    if (rows[0]?.['owners'] !== 1) throw new LeaseError(lease.unit);
  }
}

/** What is stored of the outcomes of a run: their statuses, by index. */
export async function statusesOf(
  { pool, schema }: Store,
  id: string,
): Promise<Map<number, Outcome['status']>> {
  const { rows } = await pool.query(`select index, status from ${schema}.outcomes where run = $1`, [
    id,
  ]);
  // As they were stored.
  return new Map(
    rows.map((row) => [Number(row['index']), String(row['status']) as Outcome['status']]),
  );
}

/** What became of the actions of a run. */
export async function* outcomesOf(store: Store, id: string): AsyncGenerator<StoredOutcome, void> {
  for (let after = -1; ;) {
    const { rows } = await store.pool.query(
      `select index, outcome from ${store.schema}.outcomes
       where run = $1 and index > $2 order by index limit $3`,
      [id, after, page],
    );
    for (const row of rows) {
      after = Number(row['index']);
      // As it was stored.
      const outcome = JSON.parse(await store.open(String(row['outcome']))) as Outcome;
      yield { index: after, outcome };
    }
    if (rows.length < page) return;
  }
}
