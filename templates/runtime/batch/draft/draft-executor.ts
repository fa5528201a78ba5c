import { type Attempt, JournalError } from '../journal/journal.js';
import {
  type BatchResult,
  halted,
  hasEnded,
  notSent,
  resultOf,
  type ServerBatch,
  unknown,
} from '../outcome/batch-result.js';
import type { LeftDraft } from '../outcome/left-draft.js';
import type { BatchOutcomes, SentBatch } from '../outcome/outcome.js';
import { outcomesOf } from '../outcome/outcomes-of.js';
import { shownOutcomes } from '../outcome/shown-outcomes.js';
import type { DraftDialect } from '../protocol/protocol.js';
import type { BatchExecutor, RunContext } from '../run/executor.js';
import type { Task } from '../run/task.js';
import { Confirmation } from './confirmation.js';
import { DraftApi } from './draft-api.js';
import { withKept, withOwners } from './draft-evidence.js';
import { DraftStore } from './draft-store.js';
import { Foresight } from './foresight.js';
import { Poller } from './poller.js';

interface Setting extends RunContext {
  readonly dialect: DraftDialect;
  readonly api: DraftApi;
  readonly poller: Poller;
}

/**
 * The life of a batch that is made as a draft and then confirmed. Each step is written down before it
 * is taken, and does no harm if it is taken again: a draft does nothing, and confirming twice is
 * confirming once.
 */
export class DraftExecutor implements BatchExecutor {
  readonly #set: Setting;
  readonly #drafts: DraftStore;
  /** Batches that have their place, and are not ready to be confirmed. */
  #preparing = 0;

  constructor(dialect: DraftDialect, context: RunContext) {
    const { client, settings, abortSignal: signal } = context;
    const api = new DraftApi(client, dialect, settings.scope, context);
    const poller = new Poller({ ...context, api, signal });
    this.#set = { ...context, dialect, api, poller };
    this.#drafts = new DraftStore(api, context);
  }

  /** Finds out how many batches of other applications run. */
  countOthers(): Promise<void> {
    return this.#drafts.knowOthers();
  }

  /** Does whatever is left to do for a batch, and says how it ended. */
  async execute(task: Task): Promise<BatchResult> {
    const { state, slots, poller, stopSignal, clock } = this.#set;
    const attempt = state.attempt(task.batch, task.attempt);
    this.#drafts.recall(task);
    if (attempt.result) return attempt.result;
    try {
      const { id, withdrawn, confirming } = attempt;
      // An earlier process may have thrown it away, and has not come to write that down.
      if (id !== undefined && withdrawn && !confirming) await this.#drafts.remove(attempt, id);
      for (;;) {
        const none = attempt.id === undefined ? await this.createDraft(task) : undefined;
        if (none) return none;
        const draft = withId(attempt);
        const before = attempt.confirming ? undefined : task.before;
        const foresight = before && new Foresight(clock, before);
        // Those that have their place go first.
        const begin = (): void => void (this.#preparing === 0 && foresight?.begin());
        poller.listeners.add(begin);
        const place = attempt.confirming ? slots.take() : slots.enter(stopSignal);
        if (slots.crowdedOut) poller.stir();
        const hasPlace = await place;
        poller.listeners.delete(begin);
        if (!hasPlace) {
          const none = stopSignal.aborted ? halted(stopSignal) : notSent('unreachable', crowdedOut);
          return await this.#withdraw(draft, task, none);
        }
        const begun = clock.now();
        const result = await this.#runInPlace(draft, task, foresight);
        if (result === 'again') continue;
        return await this.#conclude(attempt, result, task, clock.now() - begun);
      }
    } catch (error) {
      // What could not be written down was not sent.
      if (error instanceof JournalError) return notSent('journal', error.message);
      // An unexpected error is one of this batch, not of the whole run.
      const message = error instanceof Error ? error.message : String(error);
      return attempt.id !== undefined && attempt.confirming
        ? unknown('lost', attempt.id, message)
        : notSent('unreachable', message);
    }
  }

  /** Makes the draft. Gives a verdict only where there will be none. */
  createDraft(task: Task): Promise<BatchResult | undefined> {
    return this.#drafts.create(task);
  }

  /** Throws the draft of an attempt away. */
  async discard(attempt: Attempt & { readonly id: string }): Promise<void> {
    await this.#drafts.remove(attempt, attempt.id);
  }

  cleanUp(): Promise<readonly LeftDraft[]> {
    return this.#drafts.cleanUp();
  }

  outcomesOf(sentBatch: SentBatch, result: BatchResult): BatchOutcomes {
    const { settings, dialect, shown } = this.#set;
    const rules = { onError: settings.onError, failure: dialect.failure };
    return shownOutcomes(outcomesOf(sentBatch, result, rules), (text) => shown.text(text));
  }

  look(): void {
    this.#set.poller.look();
  }

  /** Confirms a draft that has its place, and waits until its batch has ended. */
  async #runInPlace(
    draft: Attempt & { readonly id: string },
    task: Task,
    foresight: Foresight | undefined,
  ): Promise<BatchResult | 'again'> {
    const { api, poller, slots } = this.#set;
    poller.claim(draft.id);
    try {
      if (foresight) await this.#prepare(foresight);
      const confirmed = await new Confirmation(api, this.#set, this.#drafts, draft).run();
      if (confirmed === 'again' || 'kind' in confirmed) return confirmed;
      return await this.#watch(confirmed, task);
    } finally {
      poller.release(draft.id);
      slots.leave();
    }
  }

  async #prepare(foresight: Foresight): Promise<void> {
    this.#preparing += 1;
    try {
      await foresight.finish();
    } finally {
      this.#preparing -= 1;
    }
  }

  /** There is no place for the draft: `none` comes of it. */
  async #withdraw(
    draft: Attempt & { readonly id: string },
    task: Task,
    none: BatchResult,
  ): Promise<BatchResult> {
    const gone = await this.#drafts.remove(draft, draft.id);
    if (typeof gone !== 'object') return none;
    return this.#conclude(draft, await this.#watch(gone, task), task, 0);
  }

  async #watch(batch: ServerBatch, task: Task): Promise<BatchResult> {
    task.started?.(batch.id);
    const ended = hasEnded(batch) ? batch : await this.#set.poller.watch(batch.id);
    return typeof ended === 'string' ? unknown(ended, batch.id) : resultOf(ended);
  }

  /** Finds out what the server does not say. By now others have the place of the batch. */
  async #conclude(
    attempt: Attempt,
    result: BatchResult,
    { actions, failed }: Task,
    took: number,
  ): Promise<BatchResult> {
    const { state, dialect, durations } = this.#set;
    switch (result.kind) {
      case 'completed':
        return state.end(attempt, await withOwners(this.#set, actions, result));
      case 'failed': {
        if (dialect.atomicity !== 'doubtful') return state.end(attempt, result);
        failed?.();
        const usual = Math.max(took, durations.mean ?? 0);
        const found = await withKept(this.#set, actions, result, dialect.failure, usual);
        return state.end(attempt, found);
      }
      case 'refused':
      case 'tooLarge':
      case 'unknown':
      case 'notSent':
      case 'answered':
        return state.end(attempt, result);
    }
  }
}

const crowdedOut = 'other applications hold all places for batches';

/** An attempt whose draft exists. */
function withId(attempt: Attempt): Attempt & { readonly id: string } {
  // The draft was made just before.
  return attempt as Attempt & { readonly id: string };
}
