// @ts-nocheck
import type { Unit } from './unit.js';

interface Size {
  readonly count: number;
  readonly bytes: number;
}

/** What is packed; each list has an entry for each unit. */
export interface Packing {
  readonly units: readonly Unit[];
  readonly bytes: Float64Array;
  /** Units that must come first, in the same batch or an earlier one. */
  readonly before: readonly (readonly number[])[];
  /** Units that must come in an earlier batch. */
  readonly needs: readonly (readonly number[])[];
  /** The wave. */
  readonly waveOf: Int32Array;
  /** Units for different endpoints never share a batch. */
  readonly endpoint: Int32Array;
  /** Units of different clusters are not bound to any order. */
  readonly cluster: Int32Array;
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
  const { units, bytes, before, waveOf, endpoint, limit } = packing;
  const least = bytes.reduce((low, size) => Math.min(low, size), Infinity);
  const waves: Wave[] = [];
  const bins: Bin[] = units.map(() => nowhere);
  const clusters = new Bundles(packing);
  for (const head of clusters.heads) {
    const wave = waveOf[head]!;
    const open = (waves[wave] ??= new Wave(wave, limit, least));
    const whole = clusters.whole(head);
    const bin =
      whole && fits(whole, nothing, limit) ? open.find(whole, 0, endpoint[head]!) : undefined;
    const from = whole ? open.bins.length : 0;
    for (let unit = head; unit >= 0; unit = clusters.next[unit]!) {
      const size = { count: units[unit]!.indexes.length, bytes: bytes[unit]! };
      let earliest = from;
      for (const earlier of before[unit]!) {
        if (waveOf[earlier] === wave) earliest = Math.max(earliest, bins[earlier]!.position);
      }
      const chosen = bin ?? open.find(size, earliest, endpoint[unit]!);
      chosen.take(unit, size);
      bins[unit] = chosen;
    }
  }
  return inOrder(packing, waves, bins);
}

/** The batches of all waves. */
function inOrder(
  { units, before, needs }: Packing,
  waves: readonly Wave[],
  bins: readonly Bin[],
): readonly Packed[] {
  const all = waves.flatMap((wave) => wave.bins);
  for (const [index, bin] of all.entries()) bin.index = index;
  return all.map((bin) => {
    const after = new Set<number>();
    for (const unit of bin.members) {
      for (const earlier of before[unit]!) after.add(bins[earlier]!.index);
      for (const earlier of needs[unit]!) after.add(bins[earlier]!.index);
    }
    after.delete(bin.index);
    return {
      units: bin.members.map((unit) => units[unit]!),
      wave: bin.wave,
      count: bin.count,
      bytes: bin.bytes,
      after: [...after],
    };
  });
}

/** The units of each cluster and wave, in the order of the list. */
class Bundles {
  /** The first unit of each, wave by wave. */
  readonly heads: Int32Array;
  /** For each unit, the next one of its bundle, or -1. */
  readonly next: Int32Array;
  readonly #packing: Packing;

  constructor(packing: Packing) {
    const { units, waveOf, cluster } = packing;
    this.#packing = packing;
    this.next = new Int32Array(units.length).fill(-1);
    const heads = new Int32Array(units.length);
    let count = 0;
    /** For each cluster, the last of its units so far, of whatever wave. */
    const last = new Int32Array(units.length).fill(-1);
    for (const unit of byWave(waveOf)) {
      const of = cluster[unit]!;
      const earlier = last[of]!;
      if (earlier >= 0 && waveOf[earlier] === waveOf[unit]) this.next[earlier] = unit;
      else heads[count++] = unit;
      last[of] = unit;
    }
    this.heads = heads.subarray(0, count);
  }

  /** The size of the bundle that begins with `head`; undefined where it goes to several endpoints. */
  whole(head: number): Size | undefined {
    const { units, bytes, endpoint } = this.#packing;
    const sum = { count: 0, bytes: 0 };
    for (let unit = head; unit >= 0; unit = this.next[unit]!) {
      if (endpoint[unit] !== endpoint[head]) return undefined;
      sum.count += units[unit]!.indexes.length;
      sum.bytes += bytes[unit]!;
    }
    return sum;
  }
}

/** The units of the first wave, then those of the second. */
function byWave(waveOf: Int32Array): Iterable<number> {
  if (waveOf.every((wave) => wave === 0)) return waveOf.keys();
  const units = Int32Array.from(waveOf.keys());
  units.sort((one, other) => waveOf[one]! - waveOf[other]! || one - other);
  return units;
}

/** The batches of one wave while they are filled. */
class Wave {
  readonly bins: Bin[] = [];
  readonly #wave: number;
  readonly #limit: Size;
  /** Bytes of the smallest unit. */
  readonly #least: number;
  readonly #endpoints: EndpointBins[] = [];

  constructor(wave: number, limit: Size, least: number) {
    this.#wave = wave;
    this.#limit = limit;
    this.#least = least;
  }

  /** The first batch for an endpoint, at or after `from`, that has room for `size`. */
  find(size: Size, from: number, name: number): Bin {
    const endpoint = (this.#endpoints[name] ??= { bins: [], open: 0 });
    const { bins } = endpoint;
    while (endpoint.open < bins.length && this.#isFull(bins[endpoint.open]!)) endpoint.open += 1;
    for (let at = Math.max(endpoint.open, firstFrom(bins, from)); at < bins.length; at += 1) {
      const bin = bins[at]!;
      if (fits(bin, size, this.#limit)) return bin;
    }
    const bin = new Bin(this.#wave, this.bins.length);
    this.bins.push(bin);
    bins.push(bin);
    return bin;
  }

  #isFull({ count, bytes }: Size): boolean {
    return count >= this.#limit.count || bytes + this.#least > this.#limit.bytes;
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
  /** Among the batches of all waves, once these are known. */
  index = -1;
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
const nothing: Size = { count: 0, bytes: 0 };

function fits(one: Size, other: Size, limit: Size): boolean {
  return one.count + other.count <= limit.count && one.bytes + other.bytes <= limit.bytes;
}
