// @ts-nocheck
import { systemClock } from '../batch/pace/system-clock.js';
import { askBriefly, type Row } from './postgres.js';
import type { Store } from './store.js';

/** Why a lease has ended: another worker may act for the unit from now on. */
export class LeaseError extends Error {
  override readonly name = 'LeaseError';

  constructor(unit: string) {
    super(`The lease of ${unit} has ended: another worker may act for it.`);
  }
}

/** Of the time of a lease, the share that is kept for requests that are on their way. */
const reserve = 0.2;
/**
 * Milliseconds for which a unit rests that its owner has let go of: limits of APIs count the requests of a second.
 * Where a lease ends by itself, its owner has sent nothing for longer than that.
 */
const rest = 1_000;

/**
 * The right to act for a unit (an organization, a device), under a number that grows with each owner: the
 * epoch. The server's clock says when it ends for others; its owner counts on a clock that nobody sets,
 * from before the statement was sent, and stops a fifth of the time earlier.
 */
export class Lease {
  readonly unit: string;
  readonly epoch: string;
  readonly #store: Store;
  readonly #ms: number;
  readonly #lost = new AbortController();
  #deadline: number;
  #end: Timer | undefined;
  #beat: Timer | undefined;
  #isAsking = false;

  private constructor(store: Store, unit: string, epoch: string, ms: number, asked: number) {
    this.#store = store;
    this.unit = unit;
    this.epoch = epoch;
    this.#ms = ms;
    this.#deadline = asked + ms * (1 - reserve);
    this.#arm();
    this.#beat = setInterval(() => void this.#renew(), ms / 5);
  }

  /**
   * Takes the lease of a unit, once nobody has it.
   *
   * @throws what `signal` says where that comes first, and LeaseError where another keeps it.
   */
  static async take(store: Store, { unit, worker, ms, signal }: LeaseOptions): Promise<Lease> {
    const { pool, schema } = store;
    const giveUp = performance.now() + 2 * ms;
    for (;;) {
      signal.throwIfAborted();
      if (performance.now() > giveUp) throw new LeaseError(unit);
      const left = await timeLeft(store, unit);
      if (left > 0) {
        // Looked at again in between: its owner may let go of it.
        await systemClock.sleep(Math.min(left, ms / 10), signal);
        continue;
      }
      const asked = performance.now();
      const { rows } = await askBriefly(
        pool,
        `insert into ${schema}.owners as owner (unit, epoch, worker, until)
         values ($1, 1, $2, clock_timestamp() + $3 * interval '1 millisecond')
         on conflict (unit) do update
           set epoch = owner.epoch + 1, worker = excluded.worker, until = excluded.until
           where greatest(owner.until, owner.rests) <= clock_timestamp()
         returning epoch::text`,
        [unit, worker, ms],
      );
      const [row] = rows;
      if (row) return new Lease(store, unit, String(row['epoch']), ms, asked);
    }
  }

  /** Aborted when the lease has ended. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** Milliseconds for which the owner may act. */
  get left(): number {
    return this.#lost.signal.aborted ? 0 : Math.max(0, this.#deadline - performance.now());
  }

  /** @throws LeaseError where another worker may act for the unit. */
  check(): void {
    if (this.left > 0) return;
    this.#lose();
    throw new LeaseError(this.unit);
  }

  /** Lets others have the unit, after its rest. */
  async release(): Promise<void> {
    this.#clear();
    if (this.left === 0) return;
    this.#lose();
    const { pool, schema } = this.#store;
    await askBriefly(
      pool,
      `update ${schema}.owners
       set until = clock_timestamp(), rests = clock_timestamp() + $3 * interval '1 millisecond'
       where unit = $1 and epoch = $2`,
      [this.unit, this.epoch, rest],
    );
  }

  async #renew(): Promise<void> {
    if (this.#isAsking) return;
    const { pool, schema } = this.#store;
    this.#isAsking = true;
    const asked = performance.now();
    let row: Row | undefined;
    try {
      const { rows } = await askBriefly(
        pool,
        `update ${schema}.owners set until = clock_timestamp() + $3 * interval '1 millisecond'
         where unit = $1 and epoch = $2 returning epoch`,
        [this.unit, this.epoch, this.#ms],
      );
      row = rows[0];
    } catch {
      // The database cannot be reached: the next beat tries again, as long as the lease lasts.
      return;
    } finally {
      this.#isAsking = false;
    }
    if (!row) return this.#lose();
    this.#deadline = Math.max(this.#deadline, asked + this.#ms * (1 - reserve));
    if (this.left > 0) this.#arm();
  }

  #arm(): void {
    clearTimeout(this.#end);
    this.#end = setTimeout(() => this.#lose(), this.#deadline - performance.now());
  }

  #lose(): void {
    this.#clear();
    this.#lost.abort(new LeaseError(this.unit));
  }

  #clear(): void {
    clearTimeout(this.#end);
    clearInterval(this.#beat);
  }
}

/**
 * The part of a statement that finds the owner of a unit: `$1` is the unit, `$2` the epoch. What is written from it is
 * written as the owner, or not at all.
 */
export function ownerIn(schema: string): string {
  return `owner as (
    select 1 from ${schema}.owners
    where unit = $1 and epoch = $2 and until > clock_timestamp() for share
  )`;
}

export interface LeaseOptions {
  readonly unit: string;
  /** Says who has it, to those who look. */
  readonly worker: string;
  /** Milliseconds after which others may have it, unless it is renewed. */
  readonly ms: number;
  readonly signal: AbortSignal;
}

type Timer = ReturnType<typeof setTimeout>;

/** Milliseconds until a unit may be taken; less than 0 where it may. */
async function timeLeft({ pool, schema }: Store, unit: string): Promise<number> {
  const { rows } = await askBriefly(
    pool,
    `select extract(epoch from greatest(until, rests) - clock_timestamp()) * 1000 as ms
     from ${schema}.owners where unit = $1`,
    [unit],
  );
  const [row] = rows;
  return row ? Number(row['ms']) : -Infinity;
}
