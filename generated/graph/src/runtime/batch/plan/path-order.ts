/**
 * Which earlier items must come before which later ones: those that touch the same path, a path
 * above it or a path below it.
 */
export class Order {
  readonly #nodes = new Map<string, Node>();

  /** `paths`: every path that will be added. Only these are remembered. */
  constructor(paths: Iterable<string>) {
    for (const path of paths) this.#nodes.set(path, { last: -1, below: [] });
  }

  /** The topmost path above `path`, or itself: what does not share it need not be ordered. */
  root(path: string): string {
    for (const prefix of prefixes(path)) if (this.#nodes.has(prefix)) return prefix;
    return path;
  }

  /** Adds an item that touches `path`; gives those among the added that it must follow. */
  add(path: string, item: number): number[] {
    const before: number[] = [];
    for (const prefix of prefixes(path)) {
      const node = this.#nodes.get(prefix);
      if (!node) continue;
      if (node.last >= 0) before.push(node.last);
      if (prefix !== path) {
        node.below.push(item);
        continue;
      }
      before.push(...node.below);
      // Whatever comes later follows this item, and so all that was below.
      node.below = [];
      node.last = item;
    }
    return before;
  }
}

interface Node {
  /** The last item at this very path. */
  last: number;
  /** Items further down since then. */
  below: number[];
}

/** Remembers who touched which paths. */
export class Footprint {
  readonly #at = new Map<string, Set<number>>();
  readonly #below = new Map<string, Set<number>>();

  get isEmpty(): boolean {
    return this.#at.size === 0;
  }

  add(path: string, who: number): void {
    put(this.#at, path, who);
    for (const prefix of prefixes(path)) put(this.#below, prefix, who);
  }

  /** Those who touched `path`, a path above it or a path below it. */
  touching(path: string): ReadonlySet<number> {
    const found = new Set(this.#below.get(path));
    for (const prefix of prefixes(path)) {
      for (const who of this.#at.get(prefix) ?? []) found.add(who);
    }
    return found;
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
