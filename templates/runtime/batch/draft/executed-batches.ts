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
  readonly #older: bigint;
  /** The run's first draft, where it is known: what has a higher number was made since. */
  readonly #first: bigint | undefined;
  #history: Promise<History> | undefined;

  /** `others`: ids that were there before the run began; `first`: the id of its first draft. */
  constructor(
    api: DraftApi,
    isKnown: (id: string) => boolean,
    others: Iterable<string>,
    first: string | undefined,
  ) {
    this.#api = api;
    this.#isKnown = isKnown;
    this.#older = numbersOf(others).reduce((most, one) => (one > most ? one : most), 0n);
    [this.#first] = numbersOf(first === undefined ? [] : [first]);
  }

  /**
   * The id of a batch with these actions that the journal does not know. Of what was made since the run's first
   * draft, one action in common is enough: what of a batch was sent again without what had failed has other
   * actions. What may be older has all of these, or none but these: others, or an earlier run, do some of the same.
   * `isEarly`: it may be older than the run's first known draft.
   */
  async find(actions: readonly object[], isEarly: boolean): Promise<string | undefined> {
    this.#history ??= this.#load();
    const { executed, sizes } = await this.#history;
    if (executed.size === 0) return undefined;
    const shared = new Map<string, number>();
    for (const action of actions) {
      for (const id of executed.get(actionKey(action)) ?? []) {
        const [number] = numbersOf([id]);
        if (number !== undefined && number < this.#older) continue;
        const isSince = number !== undefined && this.#first !== undefined && number > this.#first;
        if (isSince) return id;
        shared.set(id, (shared.get(id) ?? 0) + 1);
      }
    }
    if (!isEarly && this.#first !== undefined) return undefined;
    const sent = actions.length;
    return [...shared].find(([id, count]) => count >= Math.min(sizes.get(id) ?? sent, sent))?.[0];
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
    const sizes = new Map<string, number>();
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const answer = await this.#api.history();
      if (!answer.ok) continue;
      for (const { id, confirmed, failed, actions } of answer.value) {
        if (failed || this.#isKnown(id)) continue;
        sizes.set(id, actions.length);
        for (const action of actions) add(confirmed ? executed : drafts, actionKey(action), id);
      }
      break;
    }
    return { executed, drafts, sizes };
  }
}

/** Ids of batches, by their actions. */
interface History {
  readonly executed: ReadonlyMap<string, readonly string[]>;
  readonly drafts: ReadonlyMap<string, readonly string[]>;
  /** How many actions each has. */
  readonly sizes: ReadonlyMap<string, number>;
}

function add(map: Map<string, string[]>, key: string, id: string): void {
  const ids = map.get(key);
  if (ids) ids.push(id);
  else map.set(key, [id]);
}

/** Servers count ids up, where they are numbers. */
function numbersOf(ids: Iterable<string>): readonly bigint[] {
  return [...ids].filter((id) => /^\d{1,30}$/.test(id)).map(BigInt);
}
