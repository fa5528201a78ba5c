import { JournalError } from '../journal/journal.js';
import { type Attempt, keyOf } from '../journal/run-state.js';
import {
  type BatchResult,
  halted,
  hasEnded,
  notSent,
  resultOf,
  type ServerBatch,
  unknown,
} from '../outcome/batch-result.js';
import type { BatchOutcomes, SentBatch } from '../outcome/outcome.js';
import { outcomesOf } from '../outcome/outcomes-of.js';
import { messagesOf, type RequestFailure } from '../pace/request-failure.js';
import { RetryDeadline } from '../pace/retry-deadline.js';
import type { DraftDialect } from '../protocol/protocol.js';
import type { BatchExecutor, RunContext } from '../run/executor.js';
import type { Task } from '../run/task.js';
import { DraftApi } from './draft-api.js';
import { DraftStore } from './draft-store.js';
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

  constructor(dialect: DraftDialect, context: RunContext) {
    const { client, clock, settings, limiter, slots, durations, timeout, abortSignal } = context;
    const api = new DraftApi(client, dialect, settings.scope, limiter, abortSignal);
    const poller = new Poller({ api, clock, slots, durations, timeout, signal: abortSignal });
    this.#set = { ...context, dialect, api, poller };
    this.#drafts = new DraftStore(api, context);
  }

  /** Finds out how many batches of other applications run. */
  countOthers(): Promise<void> {
    return this.#set.poller.countOthers();
  }

  /** Does whatever is left to do for a batch, and says how it ended. */
  async execute(task: Task): Promise<BatchResult> {
    const { state, slots, poller, stopSignal } = this.#set;
    const attempt = state.attempt(task.batch, task.attempt);
    if (attempt.result) return attempt.result;
    try {
      for (;;) {
        const none = attempt.id === undefined ? await this.createDraft(task) : undefined;
        if (none) return none;
        const id = attempt.id!;
        const place = attempt.confirming ? slots.take() : slots.enter(stopSignal);
        if (slots.crowdedOut) poller.stir();
        if (!(await place)) {
          const gone = await this.#drafts.withdraw(attempt, id, false);
          return 'kind' in gone ? gone : await this.#watch(attempt, gone, task);
        }
        poller.claim(id);
        try {
          const ended = await this.#execute(attempt, id, task);
          if (ended !== 'again') return ended;
        } finally {
          poller.release(id);
          slots.leave();
        }
      }
    } catch (error) {
      // What could not be written down was not sent.
      if (error instanceof JournalError) return notSent('journal', error.message);
      throw error;
    }
  }

  /** Makes the draft. Gives a verdict only where there will be none. */
  createDraft(task: Task): Promise<BatchResult | undefined> {
    return this.#drafts.create(task);
  }

  /** Throws the draft of an attempt away. */
  async discard(attempt: Attempt & { readonly id: string }): Promise<void> {
    await this.#drafts.withdraw(attempt, attempt.id, false);
  }

  cleanUp(): Promise<void> {
    return this.#drafts.cleanUp();
  }

  outcomesOf(sentBatch: SentBatch, result: BatchResult): BatchOutcomes {
    const { settings, dialect } = this.#set;
    return outcomesOf(sentBatch, result, { onError: settings.onError, failure: dialect.failure });
  }

  look(): void {
    this.#set.poller.look();
  }

  /** Confirms and waits for the end; `again` where it has to queue or to make another draft. */
  async #execute(attempt: Attempt, id: string, task: Task): Promise<BatchResult | 'again'> {
    const { state } = this.#set;
    // Whether an earlier confirmation may have arrived.
    const uncertain = attempt.confirming;
    if (!uncertain) {
      await task.before?.();
      await state.write({ type: 'confirm', ...keyOf(attempt) });
    }
    const confirmed = await this.#confirm(attempt, id, uncertain);
    if (confirmed === 'again') return 'again';
    if ('kind' in confirmed) return state.end(attempt, confirmed);
    return this.#watch(attempt, confirmed, task);
  }

  async #watch(attempt: Attempt, batch: ServerBatch, task: Task): Promise<BatchResult> {
    const { state, poller } = this.#set;
    task.started?.(batch.id);
    const result = hasEnded(batch) ? batch : await poller.watch(batch.id);
    if (typeof result === 'string') return unknown(result, batch.id);
    return state.end(attempt, resultOf(result));
  }

  async #confirm(
    attempt: Attempt,
    id: string,
    before: boolean,
  ): Promise<ServerBatch | BatchResult | 'again'> {
    const { api, slots, stopSignal, state } = this.#set;
    const deadline = new RetryDeadline(this.#set);
    let uncertain = before;
    let missing = 0;
    for (let tries = 1; ; tries += 1) {
      const seen = uncertain ? await api.read(id) : undefined;
      if (seen?.ok && seen.value.confirmed) return seen.value;
      if (stopSignal.aborted && (!uncertain || seen?.ok))
        return this.#drafts.withdraw(attempt, id, uncertain);
      const answer = await api.confirm(id);
      if (answer.ok && answer.value.confirmed) return answer.value;
      const failure: RequestFailure = answer.ok ? notConfirmed : answer;
      switch (failure.kind) {
        case 'busy':
          // An earlier confirmation may be among those that are executed.
          if (uncertain) break;
          slots.refused();
          attempt.confirming = false;
          return 'again';
        case 'later':
          break;
        case 'lost':
          uncertain = true;
          break;
        case 'gone':
          missing += 1;
          if (missing <= RetryDeadline.tries) break;
          if (uncertain) return unknown('vanished', id);
          await state.write({ type: 'discard', ...keyOf(attempt) });
          return 'again';
        case 'tooLarge':
        case 'refused':
        case 'fatal':
          return this.#refusedToConfirm(attempt, id, uncertain, failure);
        case 'aborted':
          return uncertain || failure.acted ? unknown('aborted', id) : halted(stopSignal);
      }
      // Others may keep us waiting for as long as they like.
      if (deadline.over(tries) && failure.kind !== 'busy') {
        return uncertain
          ? unknown('lost', id, failure.message)
          : notSent('unreachable', failure.message);
      }
      await deadline.wait(tries);
    }
  }

  /** A confirmation may be refused because the batch is confirmed already. */
  async #refusedToConfirm(
    attempt: Attempt,
    id: string,
    uncertain: boolean,
    failure: RequestFailure,
  ): Promise<ServerBatch | BatchResult> {
    const { api } = this.#set;
    const seen = await api.read(id);
    if (seen.ok && seen.value.confirmed) return seen.value;
    if ((uncertain || failure.acted) && !seen.ok) return unknown('lost', id, failure.message);
    if (failure.kind === 'fatal') return notSent('unreachable', failure.message);
    await this.#drafts.withdraw(attempt, id, false);
    return { kind: 'refused', status: failure.status, errors: messagesOf(failure) };
  }
}

const notConfirmed: RequestFailure = {
  kind: 'later',
  message: 'the server took the confirmation, and shows the batch as not confirmed',
};
