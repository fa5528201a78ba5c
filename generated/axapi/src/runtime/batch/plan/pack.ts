import type { Unit } from './unit.js';

interface Size {
  readonly count: number;
  readonly bytes: number;
}

/** What is packed; each list has an entry for each unit. */
export interface Packing {
  readonly units: readonly Unit[];
  readonly sizes: readonly Size[];
  /** Units that must come first, in the same batch or an earlier one. */
  readonly before: readonly (readonly number[])[];
  /** Units that must come in an earlier batch. */
  readonly needs: readonly (readonly number[])[];
  /** The wave. */
  readonly waveOf: readonly number[];
  /** Units for different endpoints never share a batch. */
  readonly endpoint: readonly number[];
  /** Units of different clusters are not bound to any order. */
  readonly cluster: readonly number[];
  readonly limit: Size;
}

/** Units that go into one batch. */
export interface Packed extends Size {
  readonly units: readonly Unit[];
  readonly wave: number;
  /** Positions of the batches that must end first; all of them lower than its own. */
  readonly after: readonly number[];
}

/**
 * First fit, in waves. A cluster stays whole where one batch can hold it: cut in two, it would make
 * one batch wait for another. One that is too large begins in a batch of its own and is cut where
 * that batch is full.
 */
export function pack(packing: Packing): readonly Packed[] {
  const { units, sizes, before, needs, waveOf, endpoint, limit } = packing;
  const waves: Wave[] = [];
  const bins: Bin[] = units.map(() => nowhere);
  for (const { wave, members } of bundles(packing)) {
    const open = (waves[wave] ??= new Wave(wave, limit));
    const [first] = members;
    const together = members.every((unit) => endpoint[unit] === endpoint[first!]);
    const whole = total(members.map((unit) => sizes[unit]!));
    const bin = together && fits(whole, limit) ? open.find(whole, 0, endpoint[first!]!) : undefined;
    const from = together ? open.bins.length : 0;
    for (const unit of members) {
      const earliest = before[unit]!.reduce(
        (position, earlier) =>
          waveOf[earlier] === wave ? Math.max(position, bins[earlier]!.position) : position,
        from,
      );
      const chosen = bin ?? open.find(sizes[unit]!, earliest, endpoint[unit]!);
      chosen.take(unit, sizes[unit]!);
      bins[unit] = chosen;
    }
  }

  const all = waves.flatMap((wave) => wave.bins);
  const position = new Map(all.map((bin, index) => [bin, index]));
  return all.map((bin) => ({
    units: bin.members.map((unit) => units[unit]!),
    wave: bin.wave,
    count: bin.count,
    bytes: bin.bytes,
    after: [
      ...new Set(
        bin.members
          .flatMap((unit) => [...before[unit]!, ...needs[unit]!])
          .map((unit) => bins[unit]!),
      ),
    ]
      .filter((earlier) => earlier !== bin)
      .map((earlier) => position.get(earlier)!),
  }));
}

/** The units of each cluster and wave, in the order of the list. */
function bundles({ units, waveOf, cluster }: Packing): Iterable<{
  readonly wave: number;
  readonly members: number[];
}> {
  const found = new Map<string, { readonly wave: number; readonly members: number[] }>();
  for (const unit of units.keys()) {
    const wave = waveOf[unit]!;
    const key = `${wave}:${cluster[unit]}`;
    const bundle = found.get(key);
    if (bundle) bundle.members.push(unit);
    else found.set(key, { wave, members: [unit] });
  }
  return found.values();
}

/** The batches of one wave while they are filled. */
class Wave {
  readonly bins: Bin[] = [];
  readonly #wave: number;
  readonly #limit: Size;
  readonly #endpoints: EndpointBins[] = [];

  constructor(wave: number, limit: Size) {
    this.#wave = wave;
    this.#limit = limit;
  }

  /** The first batch for an endpoint, at or after `from`, that has room for `size`. */
  find(size: Size, from: number, name: number): Bin {
    const endpoint = (this.#endpoints[name] ??= { bins: [], open: 0 });
    const { bins } = endpoint;
    while ((bins[endpoint.open]?.count ?? 0) >= this.#limit.count) endpoint.open += 1;
    for (let at = Math.max(endpoint.open, firstFrom(bins, from)); at < bins.length; at += 1) {
      const bin = bins[at]!;
      if (fits(total([bin, size]), this.#limit)) return bin;
    }
    const bin = new Bin(this.#wave, this.bins.length);
    this.bins.push(bin);
    bins.push(bin);
    return bin;
  }
}

interface EndpointBins {
  readonly bins: Bin[];
  /** The first that may have room. */
  open: number;
}

/** Index of the first of `bins` whose position is `from` or later. */
function firstFrom(bins: readonly Bin[], from: number): number {
  let [low, high] = [0, bins.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bins[middle]!.position < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

class Bin implements Size {
  readonly wave: number;
  /** Within the wave. */
  readonly position: number;
  readonly members: number[] = [];
  count = 0;
  bytes = 0;

  constructor(wave: number, position: number) {
    this.wave = wave;
    this.position = position;
  }

  take(unit: number, size: Size): void {
    this.members.push(unit);
    this.count += size.count;
    this.bytes += size.bytes;
  }
}

const nowhere = new Bin(-1, -1);

function total(sizes: readonly Size[]): Size {
  let count = 0;
  let bytes = 0;
  for (const size of sizes) {
    count += size.count;
    bytes += size.bytes;
  }
  return { count, bytes };
}

function fits(size: Size, limit: Size): boolean {
  return size.count <= limit.count && size.bytes <= limit.bytes;
}
