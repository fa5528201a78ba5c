// @ts-nocheck
import type { AttemptLog } from '../journal/journal.js';
import type { VersionFence } from './request-protocol.js';

/**
 * The version that the configuration must have: the one it has when the run begins, counted up by the
 * run, so that no one else may make changes meanwhile; or a function that reads the present one, so that
 * it only keeps the run's own requests from being applied twice. A text that is not a whole number cannot be
 * counted up, so it serves one batch.
 */
export type Version = number | string | (() => number | string | Promise<number | string>);

/** Keeps the version that the server has, as far as is known. */
export class Versions {
  readonly #fence: VersionFence;
  readonly #read: (() => number | string | Promise<number | string>) | undefined;
  #known: string | undefined;
  #isSpent = false;
  /** Whether a request of ours may have raised it, and it is not known. */
  #isDoubtful = false;

  constructor(fence: VersionFence, given: Version | undefined, state: AttemptLog) {
    this.#fence = fence;
    this.#read = typeof given === 'function' ? given : undefined;
    const { told } = state;
    const before = told && this.#after(told.version, told.applied);
    const said = typeof given === 'function' || given === undefined ? undefined : String(given);
    // A run that is resumed has raised what it was given when it began.
    const isRaised = before !== undefined && !(Number(said) > Number(before));
    this.#known = isRaised ? before : said;
    // What was lost in the process before may have raised it once more.
    this.#isDoubtful = isRaised && told !== undefined && told.applied === 0 && told.open > 0;
  }

  /** Whether another version than the known one can be had. */
  get renewable(): boolean {
    return this.#read !== undefined;
  }

  /**
   * What to tell the server; undefined where no version is asked for.
   *
   * @throws Error where the present version cannot be known.
   */
  async present(): Promise<string | undefined> {
    if (this.#read) return String(await this.#read());
    if (this.#isSpent)
      throw new Error(
        `What follows ${this.#known} is unknown: give a function as ${this.#fence.option}.`,
      );
    return this.#known;
  }

  /** A request that named the known version was lost, and reading does not show whether it raised it. */
  doubt(): void {
    this.#isDoubtful = true;
  }

  /** The server has another version. Gives whether that may be our own doing, so that the next is known. */
  settleDoubt(): boolean {
    if (!this.#isDoubtful || this.#known === undefined) return false;
    this.#isDoubtful = false;
    this.applied(this.#known, 1);
    return true;
  }

  /** So many actions of a batch that named a version were applied. */
  applied(version: string, actions: number): void {
    // Another part of the same batch may have said so before.
    if (version !== this.#known && this.#fence.raisedBy === 'batch') return;
    if (actions > 0) this.#isDoubtful = false;
    const next = this.#known === undefined ? undefined : this.#after(this.#known, actions);
    if (next === undefined && this.#known !== undefined && actions > 0) this.#isSpent = true;
    this.#known = next ?? this.#known;
  }

  /** The version after so many actions were applied; undefined where it cannot be counted. */
  #after(version: string, actions: number): string | undefined {
    const rise = this.#fence.raisedBy === 'action' ? actions : Math.min(actions, 1);
    if (rise === 0) return version;
    return /^\d{1,15}$/.test(version) ? String(Number(version) + rise) : undefined;
  }
}
