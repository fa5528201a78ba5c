// @ts-nocheck
import { askBriefly, isConnectionLost } from './postgres.js';
import type { Store } from './store.js';
import type { FleetHealth, QueueDepth } from './types.js';

/** How a fleet fares, as its store knows. */
export async function healthOf(store: Store): Promise<FleetHealth> {
  const [depth, { rows }] = await Promise.all([
    depthOf(store),
    askBriefly(
      store.pool,
      `select name, address, places, busy, is_draining, started from ${store.schema}.workers
       where until > clock_timestamp() order by started, id`,
      [],
    ),
  ]);
  const workers = rows.map((row) => ({
    name: String(row['name']),
    address: String(row['address']),
    places: Number(row['places']),
    busy: Number(row['busy']),
    isDraining: row['is_draining'] === true,
    // The column is a time.
    started: row['started'] as Date,
  }));
  const isStuck = depth.queued > 0 && workers.every(({ isDraining }) => isDraining);
  return { state: isStuck ? 'without-workers' : 'ok', ...depth, workers };
}

/** @throws the error, where it does not say that the database is away. */
export function withoutDatabase(error: unknown): FleetHealth {
  if (!isConnectionLost(error)) throw error;
  return { state: 'without-database', queued: 0, running: 0, oldest: 0, workers: [] };
}

/** How many runs wait and run, and since when. */
export async function depthOf({ pool, schema }: Store): Promise<QueueDepth> {
  const { rows } = await askBriefly(
    pool,
    `select count(*) filter (where state = 'queued')::int as queued,
       count(*) filter (where state = 'running')::int as running,
       coalesce(extract(epoch from max(clock_timestamp() - coalesce(start_after, created)) filter (
         where state = 'queued' and coalesce(start_after, created) <= clock_timestamp()
       )), 0)::float8 as oldest
     from ${schema}.runs where state in ('queued', 'running')`,
    [],
  );
  const [row] = rows;
  return {
    queued: Number(row?.['queued'] ?? 0),
    running: Number(row?.['running'] ?? 0),
    oldest: Number(row?.['oldest'] ?? 0),
  };
}
