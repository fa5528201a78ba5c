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

/** Gives the jobs of workers that have died back to the queue, as soon as their leases have ended. */
export class Sweeper {
  readonly #parts: Sweeping;
  readonly #hasReturned: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  /** `hasReturned` is called when jobs are in the queue again. */
  constructor(parts: Sweeping, hasReturned: () => void) {
    this.#parts = parts;
    this.#hasReturned = hasReturned;
  }

  /** Looks now, then from time to time, and at the end of each lease that is not renewed. */
  async look(): Promise<void> {
    const { store, report } = this.#parts;
    let wait = lookEvery;
    try {
      if (await returnJobs(this.#parts)) this.#hasReturned();
      wait = Math.min(wait, (await nextEndIn(store)) + lookAfter);
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

/** Milliseconds until the next lease ends that is not renewed; Infinity where there is none. */
async function nextEndIn({ pool, schema }: Store): Promise<number> {
  const { rows } = await askBriefly(
    pool,
    `select extract(epoch from min(until) - clock_timestamp()) * 1000 as ms
     from ${schema}.owners where until > clock_timestamp()`,
    [],
  );
  const ms = rows[0]?.['ms'] ?? null;
  return ms === null ? Infinity : Number(ms);
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
