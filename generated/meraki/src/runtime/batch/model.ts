/** What the time of a run depends on. */
export interface Load {
  readonly batches: number;
  /** The longest chain of batches that wait for one another. */
  readonly chain: number;
  readonly concurrent: number;
  /** Milliseconds a batch takes. */
  readonly batchMs: number;
  readonly requests: number;
  readonly perSecond: number;
}

/**
 * The least time that any client needs, in milliseconds: each window full, each chain in sequence,
 * each request within the rate.
 */
export function minimumMs(load: Load): number {
  const { batches, chain, concurrent, batchMs, requests, perSecond } = load;
  return Math.max(
    Math.ceil(batches / concurrent) * batchMs,
    chain * batchMs,
    (requests / perSecond) * 1_000,
  );
}

/** `7,250` → `7.3 s`; `95,000` → `1 min 35 s`. */
export function duration(ms: number): string {
  const seconds = ms / 1_000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min${part(whole % 60, 's')}`;
  return `${Math.floor(minutes / 60)} h${part(minutes % 60, 'min')}`;
}

function part(amount: number, unit: string): string {
  return amount === 0 ? '' : ` ${amount} ${unit}`;
}
