/** How many prefixes are remembered: paths with the same prefixes mostly stand together. */
const mostRemembered = 4_096;

const none: readonly number[] = [];

/** Numbers of paths, and which of them lie above others. */
export class PathIndex {
  readonly #known = new Map<string, number>();
  /** For a prefix, the numbers of the paths that it is or begins with. */
  readonly #chains = new Map<string, readonly number[]>();
  /** For each of the paths, its number. */
  readonly numbers: Int32Array;

  /** `paths`: those that are known from now on, and no others. */
  constructor(paths: readonly string[]) {
    this.numbers = new Int32Array(paths.length);
    for (const [place, path] of paths.entries()) {
      let number = this.#known.get(path);
      if (number === undefined) this.#known.set(path, (number = this.#known.size));
      this.numbers[place] = number;
    }
  }

  get size(): number {
    return this.#known.size;
  }

  /** The numbers of the known paths above `path`, the topmost first: `/a` and `/a/b` lie above `/a/b/c`. */
  above(path: string): readonly number[] {
    const parent = parentOf(path);
    if (parent === undefined) return none;
    const missing: string[] = [];
    let chain: readonly number[] | undefined;
    for (let at: string | undefined = parent; at !== undefined; at = parentOf(at)) {
      chain = this.#chains.get(at);
      if (chain) break;
      missing.push(at);
    }
    chain ??= none;
    if (this.#chains.size > mostRemembered) this.#chains.clear();
    // From the top down.
    for (let prefix = missing.pop(); prefix !== undefined; prefix = missing.pop()) {
      const number = this.#known.get(prefix);
      if (number !== undefined) chain = [...chain, number];
      this.#chains.set(prefix, chain);
    }
    return chain;
  }
}

/** `/a/b/c` → `/a/b`; undefined for `/a`. */
function parentOf(path: string): string | undefined {
  const end = path.lastIndexOf('/');
  return end < 1 ? undefined : path.slice(0, end);
}
