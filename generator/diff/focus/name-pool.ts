import type { OperationNames } from '../../normalize/operations/operation.ts';
import { nounsOf, possibleEnds } from '../../normalize/schemas/structure-names.ts';

/** The names that the structures of some operations may get. */
export class NamePool {
  readonly #names = new Set<string>();
  readonly #ends = new Map<string, readonly string[]>();
  #sorted: readonly string[] = [];

  add(operation: OperationNames, sites: readonly (readonly string[])[]): void {
    for (const name of this.#namesAt(operation, sites)) this.#names.add(name);
  }

  /** Takes what was added into account from here on. */
  settle(): void {
    this.#sorted = [...this.#names].toSorted();
  }

  /** Whether a structure of this operation might be called as another one: a quick look. */
  mayMeet(operation: OperationNames): boolean {
    const sorted = this.#sorted;
    return nounsOf(operation).some((noun) => {
      let low = 0;
      let high = sorted.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((sorted[middle] ?? '') < noun) low = middle + 1;
        else high = middle;
      }
      return sorted[low]?.startsWith(noun) === true;
    });
  }

  meets(operation: OperationNames, sites: readonly (readonly string[])[]): boolean {
    return this.#namesAt(operation, sites).some((name) => this.#names.has(name));
  }

  #namesAt(operation: OperationNames, sites: readonly (readonly string[])[]): readonly string[] {
    const ends = new Set(sites.flatMap((site) => this.#endsAt(site)));
    return nounsOf(operation).flatMap((noun) => [...ends].map((end) => `${noun}${end}`));
  }

  /** A name that is taken gets a number, which may make it another one's. */
  #endsAt(site: readonly string[]): readonly string[] {
    const key = site.join(' ');
    let ends = this.#ends.get(key);
    if (!ends) {
      ends = possibleEnds(site).map((end) => end.replace(/\d+$/, ''));
      this.#ends.set(key, ends);
    }
    return ends;
  }
}
