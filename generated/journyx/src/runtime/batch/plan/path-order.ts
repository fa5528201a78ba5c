/**
 * Which earlier items must come before which later ones: those that touch the same path, a path
 * above it or a path below it. Reads keep no order among themselves.
 */
export class Order {
  readonly #nodes = new Map<string, Node>();

  /** `paths`: every path that will be added. Only these are remembered. */
  constructor(paths: Iterable<string>) {
    for (const path of paths) {
      this.#nodes.set(path, { written: -1, reads: [], readBelow: [], writtenBelow: [] });
    }
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
      if (node.written >= 0) before.push(node.written);
      if (!isRead) append(before, node.reads);
      if (prefix !== path) (isRead ? node.readBelow : node.writtenBelow).push(item);
      else {
        append(before, node.writtenBelow);
        if (isRead) node.reads.push(item);
        else {
          append(before, node.readBelow);
          // Whatever comes later follows this item, and so all that came before it.
          Object.assign(node, { written: item, reads: [], readBelow: [], writtenBelow: [] });
        }
      }
    }
    return before;
  }
}

interface Node {
  /** The last item that writes this very path. */
  written: number;
  /** Items that read it since then. */
  reads: number[];
  /** Items that read or write further down since then. */
  readBelow: number[];
  writtenBelow: number[];
}

/** Not `push(...more)`: a long list does not fit on the stack. */
function append(list: number[], more: readonly number[]): void {
  for (const one of more) list.push(one);
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
}

class Touched {
  readonly #at = new Map<string, Set<number>>();
  readonly #below = new Map<string, Set<number>>();

  add(path: string, who: number): void {
    put(this.#at, path, who);
    for (const prefix of prefixes(path)) put(this.#below, prefix, who);
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
