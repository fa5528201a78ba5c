// @ts-nocheck
import { askBriefly, type Boss } from './postgres.js';
import type { Store } from './store.js';

interface Sweeping {
  readonly store: Store;
  readonly boss: Boss;
  readonly queue: string;
  readonly report: (error: unknown) => void;
}

/** Milliseconds for which a worker may try to get the lease of a unit whose run it has. */
const patience = 4_000;
/** Milliseconds between two looks at most, and those after the end of a lease. */
const lookEvery = 1_000;
const lookAfter = 5;

/**
 * Gives the jobs of workers that have died back to the queue, as soon as their leases have ended, and says when there
 * are jobs.
 */
export class Sweeper {
  readonly #parts: Sweeping;
  readonly #hasJobs: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;
  /** Whether a run was to begin by now. */
  #isDue = false;

  /** `hasJobs` is called when jobs are in the queue again, and when runs may begin that had to wait for a time. */
  constructor(parts: Sweeping, hasJobs: () => void) {
    this.#parts = parts;
    this.#hasJobs = hasJobs;
  }

  /** Looks now, then from time to time, at the end of each lease that is not renewed, and when a run may begin. */
  async look(): Promise<void> {
    const { store, report } = this.#parts;
    let wait = lookEvery;
    try {
      if (this.#isDue) this.#hasJobs();
      if (await returnJobs(this.#parts)) this.#hasJobs();
      const { end, begin } = await nextIn(store);
      this.#isDue = begin <= wait;
      wait = Math.min(wait, end + lookAfter, begin + lookAfter);
    } catch (error) {
      report(error);
    }
    if (!this.#isOver) this.#timer = setTimeout(() => void this.look(), wait);
  }

  end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }
}

/**
 * Says whether there were any. It asks the queue itself which jobs are at work: the answer that gave a worker its job
 * may never have reached it.
 */
async function returnJobs({ store, boss, queue }: Sweeping): Promise<boolean> {
  const { pool, schema } = store;
  const { rows } = await askBriefly(
    pool,
    `select job.id::text as id, job.retry_count from ${schema}_boss.job job
     join ${schema}.runs run on run.id = (job.data->>'run')::uuid
     left join ${schema}.owners owner on owner.unit = run.unit
     where job.name = $1 and job.state = 'active'
       and job.started_on < clock_timestamp() - $2 * interval '1 millisecond'
       and (owner.until is null or owner.until <= clock_timestamp())`,
    [queue, patience],
  );
  if (rows.length === 0) return false;
  // Others may have given one back meanwhile, and a worker has it again.
  const attempts = rows.map((row) => ({
    id: String(row['id']),
    retryCount: Number(row['retry_count']),
  }));
  await boss.fail(queue, attempts, { message: 'its worker has died' });
  return true;
}

/**
 * Milliseconds until the next lease ends that is not renewed, and until the next run may begin; Infinity where there
 * is none.
 */
async function nextIn({
  pool,
  schema,
}: Store): Promise<{ readonly end: number; readonly begin: number }> {
  const { rows } = await askBriefly(
    pool,
    `select extract(epoch from (
         select min(until) from ${schema}.owners where until > clock_timestamp()
       ) - clock_timestamp()) * 1000 as end,
       extract(epoch from (
         select min(start_after) from ${schema}.runs
         where state = 'queued' and start_after > clock_timestamp()
       ) - clock_timestamp()) * 1000 as begin`,
    [],
  );
  const ms = (name: string): number => Number(rows[0]?.[name] ?? Infinity);
  return { end: ms('end'), begin: ms('begin') };
}

/** Whether runs of other units could begin if there were a place; false where it cannot be known. */
export async function othersWait({ store, report }: Sweeping, unit: string): Promise<boolean> {
  const { pool, schema } = store;
  try {
    const { rows } = await pool.query(
      `select exists (
         select 1 from ${schema}.runs
         where state = 'queued' and unit <> $1
           and (start_after is null or start_after <= clock_timestamp())
       ) as waits`,
      [unit],
    );
    return rows[0]?.['waits'] === true;
  } catch (error) {
    report(error);
    return false;
  }
}
