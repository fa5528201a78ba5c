import type { Instant } from './instant.js';

/** What JSON has in place of dates and long integers: batches hold JSON, and give it. */
export type AsJson<T> = T extends Date | Instant
  ? string
  : T extends bigint
    ? number
    : T extends object
      ? { [Name in keyof T]: AsJson<T[Name]> }
      : T;
