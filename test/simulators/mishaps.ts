import type { Random } from './random.ts';

/** What goes wrong with a request. */
export type Fault =
  /** The connection breaks before the server has read anything. */
  | 'reset'
  /** 429 with `Retry-After`; nothing is done. */
  | 'limited'
  /** 429 without. */
  | 'limited-silently'
  /** 503; nothing is done. */
  | 'unavailable'
  /** The request is carried out, and the connection breaks before the answer. */
  | 'lost'
  /** The request is carried out, and the answer is 502. */
  | 'crashed'
  /** The request is carried out, and the answer ends in the middle. */
  | 'truncated'
  /** The request is carried out, and the answer is no JSON. */
  | 'garbled';

const all: readonly Fault[] = [
  'reset',
  'limited',
  'limited-silently',
  'unavailable',
  'lost',
  'crashed',
  'truncated',
  'garbled',
];

/** Whether the request is carried out all the same. */
export function isLate(fault: Fault | undefined): boolean {
  return fault === 'lost' || fault === 'crashed' || fault === 'truncated' || fault === 'garbled';
}

/** Says of each request what goes wrong with it, if anything. */
export type Faults = () => Fault | undefined;

export const noFaults: Faults = () => undefined;

/** Faults of `kinds` in a share of all requests. */
export function faultsIn(share: number, random: Random, kinds: readonly Fault[] = all): Faults {
  return () => (random() < share ? kinds[Math.floor(random() * kinds.length)] : undefined);
}

/** These faults for the first requests, then none. */
export function faultsInTurn(...first: readonly (Fault | undefined)[]): Faults {
  const left = [...first];
  return () => left.shift();
}
