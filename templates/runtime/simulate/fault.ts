/** What goes wrong with a request. */
export type Fault =
  /** The connection breaks before the request has an effect. */
  | 'reset'
  | 'unavailable'
  | 'limited'
  /** The request takes effect, and the connection breaks before its answer. */
  | 'lost'
  /** The request takes effect, and the answer says that the server failed. */
  | 'crashed'
  /** The request takes effect, and the answer ends in the middle. */
  | 'truncated';

const faults: readonly Fault[] = [
  'reset',
  'unavailable',
  'limited',
  'lost',
  'crashed',
  'truncated',
];

/** Draws faults for a share of the requests; the same for the same seed. */
export function faultsIn(share: number, seed: number): () => Fault | undefined {
  const random = randomOf(seed);
  return () => (random() < share ? faults[Math.floor(random() * faults.length)] : undefined);
}

/** mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
