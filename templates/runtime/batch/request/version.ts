import type { RunState } from '../journal/run-state.js';
import type { VersionFence } from './request-protocol.js';

/**
 * The version that the configuration must have: the one it has when the run begins, counted up by the
 * run, so that nobody else may make changes meanwhile; or a function that reads the present one, so that
 * it only keeps the run's own requests from being applied twice.
 */
export type Version = number | (() => number | string | Promise<number | string>);

/** Keeps the version that the server has, as far as is known. */
export class Versions {
  readonly #fence: VersionFence;
  readonly #read: (() => number | string | Promise<number | string>) | undefined;
  #known: number | undefined;

  constructor(fence: VersionFence, given: Version | undefined, state: RunState) {
    this.#fence = fence;
    this.#read = typeof given === 'function' ? given : undefined;
    const { told } = state;
    const before = told && Number(told.version) + this.#rise(told.applied);
    this.#known = typeof given === 'number' ? given : before;
  }

  /** Whether another version than the known one can be had. */
  get renewable(): boolean {
    return this.#read !== undefined;
  }

  /** What to tell the server; undefined where no version is asked for. */
  async present(): Promise<string | undefined> {
    if (this.#read) return String(await this.#read());
    return this.#known === undefined ? undefined : String(this.#known);
  }

  /** So many actions of a batch were applied. */
  applied(actions: number): void {
    if (this.#known !== undefined) this.#known += this.#rise(actions);
  }

  #rise(actions: number): number {
    if (this.#fence.raisedBy === 'action') return actions;
    return actions > 0 ? 1 : 0;
  }
}
