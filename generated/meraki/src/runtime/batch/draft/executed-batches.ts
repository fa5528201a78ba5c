// @ts-nocheck
import type { BatchEntry } from '../journal/journal.js';
import { hasEnded, type ServerBatch } from '../outcome/batch-result.js';
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
   * actions. What may be older has none but these: others, or an earlier run, do some of the same.
   * `isEarly`: it may be older than the run's first known draft.
   */
  async find(actions: readonly object[], isEarly: boolean): Promise<string | undefined> {
    this.#history ??= this.#load();
    const { executed } = await this.#history;
    if (executed.size === 0) return undefined;
    const sent = new Set(actions.map(actionKey));
    const shared = new Map<ExecutedBatch, number>();
    for (const key of sent) {
      for (const batch of executed.get(key) ?? []) {
        if (batch.isSince) return batch.id;
        shared.set(batch, (shared.get(batch) ?? 0) + 1);
      }
    }
    if (!isEarly && this.#first !== undefined) return undefined;
    return [...shared].find(([{ size }, count]) => count === size)?.[0].id;
  }

  /** Ids of batches that the server executed when it was asked; undefined where it did not say. */
  async running(): Promise<readonly string[] | undefined> {
    this.#history ??= this.#load();
    return (await this.#history).running;
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
    const executed = new Map<string, ExecutedBatch[]>();
    const drafts = new Map<string, string[]>();
    let running: readonly string[] | undefined;
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const answer = await this.#api.history();
      if (!answer.ok) continue;
      running = runningIn(answer.value);
      for (const { id, confirmed, failed, actions } of answer.value) {
        if (failed || this.#isKnown(id)) continue;
        const keys = new Set(actions.map(actionKey));
        if (!confirmed) for (const key of keys) add(drafts, key, id);
        const [number] = numbersOf([id]);
        if (!confirmed || (number !== undefined && number < this.#older)) continue;
        const isSince = number !== undefined && this.#first !== undefined && number > this.#first;
        const batch = { id, size: keys.size, isSince };
        for (const key of keys) add(executed, key, batch);
      }
      break;
    }
    return { executed, drafts, running };
  }
}

/** A batch that the journal does not know. */
interface ExecutedBatch {
  readonly id: string;
  /** How many different actions it has. */
  readonly size: number;
  /** Whether it was made since the run's first draft, for sure. */
  readonly isSince: boolean;
}

/** Executed batches, and the ids of drafts, by their actions. */
interface History {
  readonly executed: ReadonlyMap<string, readonly ExecutedBatch[]>;
  readonly drafts: ReadonlyMap<string, readonly string[]>;
  readonly running: readonly string[] | undefined;
}

/** Ids of those that are executed. */
export function runningIn(batches: readonly ServerBatch[]): readonly string[] {
  return batches.filter((one) => one.confirmed && !hasEnded(one)).map(({ id }) => id);
}

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

/** Servers count ids up, where they are numbers. */
function numbersOf(ids: Iterable<string>): readonly bigint[] {
  return [...ids].filter((id) => /^\d{1,30}$/.test(id)).map(BigInt);
}
