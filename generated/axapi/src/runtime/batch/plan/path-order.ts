// @ts-nocheck
import { PathIndex } from './path-index.js';

/**
 * Which earlier items must come before which later ones: those that touch the same path, a path
 * above it or a path below it. Reads keep no order among themselves.
 */
export class Order {
  readonly #paths: readonly string[];
  readonly #index: PathIndex;
  /** For each path, the last item that wrote this very path. */
  readonly #written: Int32Array;
  /** The place that was asked for last, and the numbers of the paths above its own. */
  #place = -1;
  #chain: readonly number[] = none;
  /** What else touched a path. Most paths are written alone, and need none. */
  readonly #nodes = new Map<number, Node>();

  /** `paths`: that of each item that will be added, by its place. */
  constructor(paths: readonly string[]) {
    this.#paths = paths;
    this.#index = new PathIndex(paths);
    this.#written = new Int32Array(this.#index.size).fill(-1);
  }

  /** How many paths there are. */
  get size(): number {
    return this.#index.size;
  }

  /**
   * The number of the topmost path above the one at `place`, or of that itself: what does not share it need not
   * be ordered.
   */
  root(place: number): number {
    return this.#above(place)[0] ?? this.#index.numbers[place]!;
  }

  /** Adds an item that touches the path at `place`; gives those among the added that it must follow. */
  add(place: number, item: number, isRead: boolean): readonly number[] {
    const own = this.#index.numbers[place]!;
    const above = this.#above(place);
    const written = this.#written[own]!;
    const node = this.#nodes.get(own);
    if (above.length === 0 && !node && !isRead) {
      this.#written[own] = item;
      return written < 0 ? none : [written];
    }
    const before: number[] = [];
    for (const one of above) {
      append(before, this.#written[one]!);
      this.#node(one).addBelow(item, isRead, before);
    }
    append(before, written);
    if (isRead) this.#node(own).addRead(item, before);
    else {
      node?.addWrite(before);
      this.#written[own] = item;
    }
    return before;
  }

  #above(place: number): readonly number[] {
    if (place !== this.#place) {
      this.#chain = this.#index.above(this.#paths[place]!);
      this.#place = place;
    }
    return this.#chain;
  }

  #node(path: number): Node {
    const known = this.#nodes.get(path);
    if (known) return known;
    const made = new Node();
    this.#nodes.set(path, made);
    return made;
  }
}

const none: readonly number[] = [];

/**
 * How many items one follows by itself. R reads of a path with N writes below it would have R × N edges: from
 * so many on, all later ones follow the first that followed them.
 */
const mostEdges = 64;

/** What touched a path since it was last written, besides that write. */
class Node {
  /** Items that read this very path. */
  #reads: number[] = [];
  /** Items that read or write further down. */
  #readBelow: number[] = [];
  #writtenBelow: number[] = [];
  /** A write further down that stands for the many reads that it follows, and a read for the writes. */
  #afterReads = -1;
  #afterWrites = -1;

  /** An item further down; adds to `before` what it must follow. */
  addBelow(item: number, isRead: boolean, before: number[]): void {
    if (isRead) {
      this.#readBelow.push(item);
      return;
    }
    append(before, this.#afterReads, this.#reads);
    this.#writtenBelow.push(item);
    if (this.#reads.length <= mostEdges) return;
    this.#afterReads = item;
    this.#reads = [];
  }

  addRead(item: number, before: number[]): void {
    append(before, this.#afterWrites, this.#writtenBelow);
    this.#reads.push(item);
    if (this.#writtenBelow.length <= mostEdges) return;
    this.#afterWrites = item;
    this.#writtenBelow = [];
  }

  /** Whatever comes later follows the item that writes, and so all that came before it. */
  addWrite(before: number[]): void {
    append(before, this.#afterReads, this.#reads);
    append(before, this.#afterWrites, this.#writtenBelow);
    append(before, -1, this.#readBelow);
    this.#afterReads = -1;
    this.#afterWrites = -1;
    this.#reads = [];
    this.#readBelow = [];
    this.#writtenBelow = [];
  }
}

/** Adds an item, if there is one, and more. Not `push(...more)`: a long list does not fit on the stack. */
function append(list: number[], one: number, more: readonly number[] = none): void {
  if (one >= 0) list.push(one);
  for (const item of more) list.push(item);
}

/** Remembers who touched which paths. */
export class Footprint {
  readonly #writes = new Touched();
  readonly #reads = new Touched();
  #isEmpty = true;

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  add(path: string, who: number, isRead: boolean): void {
    this.#isEmpty = false;
    (isRead ? this.#reads : this.#writes).add(path, who);
  }

  /** Those who touched `path`, a path above it or a path below it; for a read, those who wrote there. */
  touching(path: string, isRead: boolean): ReadonlySet<number> {
    const found = new Set<number>();
    this.#writes.collect(path, found);
    if (!isRead) this.#reads.collect(path, found);
    return found;
  }

  /** One who wrote or read at `path`, above it or below it. */
  first(path: string): number | undefined {
    return this.#writes.first(path) ?? this.#reads.first(path);
  }
}

class Touched {
  readonly #at = new Map<string, Set<number>>();
  readonly #below = new Map<string, Set<number>>();

  add(path: string, who: number): void {
    put(this.#at, path, who);
    for (const prefix of prefixes(path)) put(this.#below, prefix, who);
  }

  first(path: string): number | undefined {
    for (const who of this.#below.get(path) ?? []) return who;
    for (const prefix of prefixes(path)) for (const who of this.#at.get(prefix) ?? []) return who;
    return undefined;
  }

  collect(path: string, found: Set<number>): void {
    for (const who of this.#below.get(path) ?? []) found.add(who);
    for (const prefix of prefixes(path)) {
      for (const who of this.#at.get(prefix) ?? []) found.add(who);
    }
  }
}

function put(map: Map<string, Set<number>>, path: string, who: number): void {
  const known = map.get(path);
  if (known) known.add(who);
  else map.set(path, new Set([who]));
}

/** `/a/b/c` → `/a`, `/a/b`, `/a/b/c`. */
function* prefixes(path: string): Generator<string> {
  for (let end = path.indexOf('/', 1); end !== -1; end = path.indexOf('/', end + 1)) {
    yield path.slice(0, end);
  }
  yield path;
}
