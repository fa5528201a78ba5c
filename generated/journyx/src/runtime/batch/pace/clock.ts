// @ts-nocheck
/** Where time comes from. Tests bring a faster one. */
export interface Clock {
  /** Milliseconds since some moment; never goes back. */
  now(): number;
  /** Ends after `ms` milliseconds, or when `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Milliseconds since 1970, the same for all processes; by default the system's. */
  date?(): number;
}
