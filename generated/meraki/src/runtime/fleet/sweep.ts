// @ts-nocheck
import type { Boss } from './postgres.js';
import type { Store } from './store.js';

interface Sweeping {
  readonly store: Store;
  readonly boss: Boss;
  readonly queue: string;
  readonly report: (error: unknown) => void;
}

/** Milliseconds for which a worker may try to get the lease of a unit whose run it has. */
const patience = 4_000;

/** Gives the jobs of workers that have died back to the queue, as soon as their leases have ended. */
export async function sweep({ store, boss, queue, report }: Sweeping): Promise<void> {
  const { pool, schema } = store;
  try {
    const { rows } = await pool.query(
      `with dead as (
         select run.id, run.job from ${schema}.runs run
         left join ${schema}.owners owner on owner.unit = run.unit
         where run.state in ('queued', 'running') and run.job is not null
           and (owner.until is null or owner.until <= clock_timestamp())
           and run.taken < clock_timestamp() - $1 * interval '1 millisecond'
         for update of run skip locked
       )
       update ${schema}.runs run set job = null from dead where run.id = dead.id
       returning dead.job::text as job`,
      [patience],
    );
    for (const { job } of rows)
      await boss.fail(queue, String(job), { message: 'its worker has died' });
  } catch (error) {
    report(error);
  }
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
