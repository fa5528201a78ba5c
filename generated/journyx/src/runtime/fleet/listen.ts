// @ts-nocheck
import type { Pool } from './postgres.js';

/** Milliseconds after which one looks, without having heard of a change. */
const lookEvery = 2_000;

/** Hears of changes of a run. */
export interface Ear {
  /** Resolves at the next change, or after a while. */
  change(): Promise<void>;
  close(): void;
}

/** Begins to listen on a connection of its own; where there is none, one looks from time to time. */
export async function listen(
  { pool }: { readonly pool: Pool },
  channel: string,
  run: string,
): Promise<Ear> {
  let wake = (): void => {};
  const connection = await pool.connect().catch(() => undefined);
  const end = (): void => wake();
  connection?.on('notification', ({ payload }) => {
    if (payload === run) wake();
  });
  // Then it looks from time to time.
  connection?.on('error', end);
  await connection?.query(`listen ${channel}`).catch(() => {});
  return {
    change: () =>
      new Promise((done) => {
        const timer = setTimeout(done, lookEvery);
        wake = () => {
          clearTimeout(timer);
          done();
        };
      }),
    // It is closed, since it still listens.
    close: () => connection?.release(true),
  };
}
