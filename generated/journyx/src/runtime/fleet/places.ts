// @ts-nocheck
import { briefPatience, type Database, inTransaction } from './postgres.js';
import type { Store } from './store.js';

/** Of the time for which a worker has its places, the shares after which it begins nothing, and others count on that. */
export const idleAfter = 0.2;
const silentAfter = 0.3;
/** The share for which its units may outlive its own sign of life, where another goes by its name now. */
const outlives = 0.6;

/** Who a worker is, and how many places it wants. */
export interface Applicant {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** Units that it would act for at a time. */
  readonly wants: number;
  /** Units that all workers of the address may act for at a time. */
  readonly limit: number;
  /** Milliseconds after which others may have its places, unless it gives a sign of life. */
  readonly ms: number;
}

/** What a worker has in use. */
export interface Use {
  /** Places that it holds, and those of them that act for a unit. */
  readonly held: number;
  readonly busy: number;
}

/** What a worker may have. */
export interface Grant {
  /** Places that it is to have. */
  readonly places: number;
  /** Places by which its share of the address's rate counts: fewer where others hold too many. */
  readonly share: number;
  /** Whether somebody has asked it to end. */
  readonly isDraining: boolean;
}

/**
 * Gives a sign of life of a worker, and divides the places of its address among its workers: evenly, none has more
 * than it wants, and a place is given once the one who had it has let go of it.
 */
export async function claimPlaces(
  { pool, schema }: Store,
  applicant: Applicant,
  { held, busy }: Use,
): Promise<Grant> {
  const { id, name, address, wants, limit, ms } = applicant;
  const act = async (database: Database): Promise<Grant> => {
    await database.query('select pg_advisory_xact_lock(hashtext($1))', [`${schema} ${address}`]);
    const { rows } = await database.query(
      `insert into ${schema}.workers as worker (id, name, address, wants, places, busy, until)
       values ($1, $2, $3, $4, 0, $5, clock_timestamp() + $6 * interval '1 millisecond')
       on conflict (id) do update set busy = excluded.busy, until = excluded.until
       returning is_draining`,
      [id, name, address, wants, busy, ms],
    );
    const isDraining = rows[0]?.['is_draining'] === true;
    const peers = await peersIn(database, schema, applicant);
    const others = sum(peers.filter((peer) => peer.id !== id).map((peer) => peer.places));
    const fair = divide(limit, peers).get(id) ?? 0;
    const places = isDraining ? 0 : Math.max(0, Math.min(fair, limit - others));
    const kept = Math.max(places, held);
    await database.query(`update ${schema}.workers set places = $2 where id = $1`, [id, kept]);
    return { places, share: Math.max(0, Math.min(kept, limit - others)), isDraining };
  };
  // The other workers of the address wait for it.
  return inTransaction(pool, act, briefPatience);
}

/** Lets go of everything at once. */
export async function leavePlaces({ pool, schema }: Store, id: string): Promise<void> {
  await pool.query(
    `with gone as (
       delete from ${schema}.workers where until < clock_timestamp() - interval '1 day'
     )
     update ${schema}.workers set places = 0, busy = 0, until = clock_timestamp() where id = $1`,
    [id],
  );
}

interface Peer {
  readonly id: string;
  readonly wants: number;
  readonly places: number;
}

/**
 * Workers of an address that live, or whose units have no other owner yet, the oldest first. One that is silent counts by the units
 * that it has: it begins nothing new.
 */
async function peersIn(
  database: Database,
  schema: string,
  { address, ms }: Applicant,
): Promise<readonly Peer[]> {
  const { rows } = await database.query(
    `select id::text, wants, is_silent, case when is_silent then least(places, units) else places end as places
     from (
       select worker.*, until <= clock_timestamp() + $2 * interval '1 millisecond' as is_silent, (
         select count(*) from ${schema}.owners owner
         where owner.worker = worker.name and greatest(owner.until, owner.rests) > clock_timestamp()
       ) as units
       from ${schema}.workers worker where address = $1
     ) known
     where until > clock_timestamp() - $3 * interval '1 millisecond'
       or units > 0 and not exists (
         select 1 from ${schema}.workers later
         where later.address = $1 and later.name = known.name and later.started > known.started
       )
     order by started, id`,
    [address, ms * (1 - silentAfter), ms * outlives],
  );
  return rows.map((row) => ({
    id: String(row['id']),
    // One that is silent wants no more than it has.
    wants: Number(row['is_silent'] === true ? row['places'] : row['wants']),
    places: Number(row['places']),
  }));
}

/** Divides places evenly, so that none has more than it wants, and the oldest have what cannot be divided. */
export function divide(
  limit: number,
  peers: readonly Pick<Peer, 'id' | 'wants'>[],
): ReadonlyMap<string, number> {
  const result = new Map<string, number>();
  let left = limit;
  const modest = peers.map((peer, index) => ({ ...peer, index }));
  // oxlint-disable-next-line unicorn/no-array-sort -- toSorted is newer than ES2022
  modest.sort((a, b) => a.wants - b.wants || b.index - a.index);
  for (const [place, { id, wants }] of modest.entries()) {
    const share = Math.min(wants, Math.floor(left / (modest.length - place)));
    result.set(id, share);
    left -= share;
  }
  return result;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
