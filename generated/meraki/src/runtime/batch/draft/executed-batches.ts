// @ts-nocheck
import type { ServerBatch } from '../outcome/batch-result.js';
import type { DraftApi } from './draft-api.js';
import { firstResource, sameActions } from './lost-drafts.js';

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
  #batches: Promise<ReadonlyMap<string, readonly ServerBatch[]>> | undefined;

  /** `own`: ids of the run's drafts; `others`: ids that were there before it began. */
  constructor(
    api: DraftApi,
    isKnown: (id: string) => boolean,
    own: Iterable<string>,
    others: Iterable<string>,
  ) {
    this.#api = api;
    this.#isKnown = isKnown;
    const first = numbersOf(own).reduce<bigint | undefined>(
      (least, one) => (least === undefined || one < least ? one : least),
      undefined,
    );
    this.#oldest = numbersOf(others).reduce((most, one) => (one > most ? one : most), first ?? 0n);
  }

  /** The id of a batch with these actions that the journal does not know. */
  async find(actions: readonly object[]): Promise<string | undefined> {
    this.#batches ??= this.#load();
    const same = (await this.#batches).get(firstResource(actions)) ?? [];
    return same.find((batch) => sameActions(batch.actions, actions))?.id;
  }

  async #load(): Promise<ReadonlyMap<string, readonly ServerBatch[]>> {
    const found = new Map<string, ServerBatch[]>();
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const answer = await this.#api.history();
      if (!answer.ok) continue;
      for (const batch of answer.value) {
        if (!batch.confirmed || batch.failed || this.#isKnown(batch.id) || this.#isOld(batch.id)) {
          continue;
        }
        const key = firstResource(batch.actions);
        const same = found.get(key);
        if (same) same.push(batch);
        else found.set(key, [batch]);
      }
      break;
    }
    return found;
  }

  /** Servers count ids up, where they are numbers. */
  #isOld(id: string): boolean {
    const [number] = numbersOf([id]);
    return number !== undefined && number < this.#oldest;
  }
}

function numbersOf(ids: Iterable<string>): readonly bigint[] {
  return [...ids].filter((id) => /^\d{1,30}$/.test(id)).map(BigInt);
}
