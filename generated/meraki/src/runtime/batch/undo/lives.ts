// @ts-nocheck
import { parentOf } from '../effects/resources.js';

/** That a resource went with one that it lay in. */
interface Lost {
  /** The path of that one. */
  readonly parent: string;
  readonly isCertain: boolean;
}

/** When resources were made, touched and destroyed by a run, for what lies below them. */
export class Lives {
  #now = 0;
  readonly #touched = new Map<string, number>();
  readonly #made = new Map<string, number>();
  readonly #destroyed = new Map<string, { readonly at: number; readonly isCertain: boolean }>();

  note(place: string, verb: string, isCertain: boolean): void {
    this.#now += 1;
    this.#touched.set(place, this.#now);
    if (verb === 'create' && isCertain) this.#made.set(place, this.#now);
    if (verb === 'destroy') this.#destroyed.set(place, { at: this.#now, isCertain });
  }

  /** What a path lay in and was destroyed with, since the run touched it. */
  lostWith(path: string): Lost | undefined {
    const since = this.#touched.get(path) ?? 0;
    for (let parent = parentOf(path); parent !== ''; parent = parentOf(parent)) {
      const destroyed = this.#destroyed.get(parent);
      if (destroyed && destroyed.at > since) return { parent, isCertain: destroyed.isCertain };
    }
    return undefined;
  }

  /** Whether a path lies in something that the run has made. */
  isWithinMade(path: string): boolean {
    for (let parent = parentOf(path); parent !== ''; parent = parentOf(parent)) {
      const made = this.#made.get(parent);
      if (made !== undefined && made > (this.#destroyed.get(parent)?.at ?? 0)) return true;
    }
    return false;
  }
}
