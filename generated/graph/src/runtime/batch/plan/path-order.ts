/**
 * Which earlier items must come before which later ones: those that touch the same path, a path
 * above it or a path below it. Reads keep no order among themselves.
 */
export class Order {
  readonly #nodes = new Map<string, Node>();

  /** `paths`: every path that will be added. Only these are remembered. */
  constructor(paths: Iterable<string>) {
    for (const path of paths) if (!this.#nodes.has(path)) this.#nodes.set(path, new Node());
  }

  /** The topmost path above `path`, or itself: what does not share it need not be ordered. */
  root(path: string): string {
    for (const prefix of prefixes(path)) if (this.#nodes.has(prefix)) return prefix;
    return path;
  }

  /** Adds an item that touches `path`; gives those among the added that it must follow. */
  add(path: string, item: number, isRead: boolean): number[] {
    const before: number[] = [];
    for (const prefix of prefixes(path)) {
      const node = this.#nodes.get(prefix);
      if (!node) continue;
      if (prefix !== path) node.addBelow(item, isRead, before);
      else if (isRead) node.addRead(item, before);
      else node.addWrite(item, before);
    }
    return before;
  }
}

const none: readonly number[] = [];

/**
 * How many items one follows by itself. R reads of a path with N writes below it would have R × N edges: from
 * so many on, all later ones follow the first that followed them.
 */
const mostEdges = 64;

/** What touched a path since it was last written. There are as many as paths, so most lists are shared. */
class Node {
  /** The last item that writes this very path. */
  #written = -1;
  /** Items that read it since then. */
  #reads = none;
  /** Items that read or write further down since then. */
  #readBelow = none;
  #writtenBelow = none;
  /** A write further down that stands for the many reads that it follows, and a read for the writes. */
  #afterReads = -1;
  #afterWrites = -1;

  /** An item further down; adds to `before` what it must follow. */
  addBelow(item: number, isRead: boolean, before: number[]): void {
    append(before, this.#written);
    if (isRead) {
      this.#readBelow = grown(this.#readBelow, item);
      return;
    }
    append(before, this.#afterReads, this.#reads);
    this.#writtenBelow = grown(this.#writtenBelow, item);
    if (this.#reads.length <= mostEdges) return;
    this.#afterReads = item;
    this.#reads = none;
  }

  addRead(item: number, before: number[]): void {
    append(before, this.#written);
    append(before, this.#afterWrites, this.#writtenBelow);
    this.#reads = grown(this.#reads, item);
    if (this.#writtenBelow.length <= mostEdges) return;
    this.#afterWrites = item;
    this.#writtenBelow = none;
  }

  /** Whatever comes later follows this item, and so all that came before it. */
  addWrite(item: number, before: number[]): void {
    append(before, this.#written);
    append(before, this.#afterReads, this.#reads);
    append(before, this.#afterWrites, this.#writtenBelow);
    append(before, -1, this.#readBelow);
    this.#written = item;
    this.#afterReads = -1;
    this.#afterWrites = -1;
    this.#reads = none;
    this.#readBelow = none;
    this.#writtenBelow = none;
  }
}

/** A list with one more item, which is its own from the first on. */
function grown(list: readonly number[], item: number): readonly number[] {
  if (list === none) return [item];
  // Only this function makes lists that are not `none`.
  (list as number[]).push(item);
  return list;
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
