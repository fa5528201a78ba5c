// @ts-nocheck
import type { BatchEntry } from '../journal/journal.js';
import type { DraftApi } from './draft-api.js';
import { actionKey } from './action-key.js';

/** How often the history is asked for. */
const mostTries = 3;

/**
 * Batches that the server has executed, or is executing. A journal may be restored from a backup: then it does
 * not know what a later one has written down, and what that has confirmed must not be sent again.
 */
export class ExecutedBatches {
  readonly #api: DraftApi;
  readonly #isKnown: (id: string) => boolean;
  /** What has a lower number is older than the run. */
  readonly #oldest: bigint;
  #history: Promise<History> | undefined;

  /** `older`: ids that are no newer than the run's first draft. */
  constructor(api: DraftApi, isKnown: (id: string) => boolean, older: Iterable<string>) {
    this.#api = api;
    this.#isKnown = isKnown;
    this.#oldest = numbersOf(older).reduce((most, one) => (one > most ? one : most), 0n);
  }

  /**
   * The id of a batch with one of these actions that the journal does not know: what of a batch was sent again
   * without what had failed has other actions. `isEarly`: it may be older than the run's first known draft.
   */
  async find(actions: readonly object[], isEarly: boolean): Promise<string | undefined> {
    this.#history ??= this.#load();
    const { executed } = await this.#history;
    if (executed.size === 0) return undefined;
    for (const action of actions) {
      const ids = executed.get(actionKey(action)) ?? [];
      const found = ids.find((id) => isEarly || !this.#isOld(id));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Drafts with actions of these batches that the journal does not know, with the index of the batch. */
  async draftsOf(batches: readonly BatchEntry[]): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    const drafts = (await this.#history)?.drafts;
    if (!drafts || drafts.size === 0) return found;
    for (const { batch, units } of batches) {
      for (const { wire } of units.flatMap(({ actions }) => actions)) {
        for (const id of drafts.get(actionKey(wire)) ?? [])
          if (!this.#isKnown(id)) found.set(id, batch);
      }
    }
    return found;
  }

  async #load(): Promise<History> {
    const executed = new Map<string, string[]>();
    const drafts = new Map<string, string[]>();
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const answer = await this.#api.history();
      if (!answer.ok) continue;
      for (const { id, confirmed, failed, actions } of answer.value) {
        if (failed || this.#isKnown(id)) continue;
        for (const action of actions) add(confirmed ? executed : drafts, actionKey(action), id);
      }
      break;
    }
    return { executed, drafts };
  }

  /** Servers count ids up, where they are numbers. */
  #isOld(id: string): boolean {
    const [number] = numbersOf([id]);
    return number !== undefined && number < this.#oldest;
  }
}

/** Ids of batches, by their actions. */
interface History {
  readonly executed: ReadonlyMap<string, readonly string[]>;
  readonly drafts: ReadonlyMap<string, readonly string[]>;
}

function add(map: Map<string, string[]>, key: string, id: string): void {
  const ids = map.get(key);
  if (ids) ids.push(id);
  else map.set(key, [id]);
}

function numbersOf(ids: Iterable<string>): readonly bigint[] {
  return [...ids].filter((id) => /^\d{1,30}$/.test(id)).map(BigInt);
}
