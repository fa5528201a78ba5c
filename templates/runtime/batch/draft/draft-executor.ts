import { Calls, hasEnded, type ServerBatch } from './draft-api.js';
import type { DraftDialect } from '../protocol/protocol.js';
import { JournalError } from '../journal/journal.js';
import type { Lifecycle, Means, Task } from '../run/executor.js';
import { keyOf, type Attempt } from '../journal/run-state.js';
import { Poller } from './poller.js';
import { Patience } from '../pace/limits.js';
import { settle, type Piece, type Settled } from '../outcome/outcomes-of.js';
import { Submission } from './submission.js';
import { words, type Trouble } from '../pace/request-failure.js';
import { halted, notSent, unknown, verdictOf, type Verdict } from '../outcome/batch-result.js';

interface Setting extends Means {
  readonly dialect: DraftDialect;
  readonly calls: Calls;
  readonly poller: Poller;
}

/**
 * The life of a batch that is made as a draft and then confirmed. Each step is written down before it
 * is taken, and does no harm if it is taken again: a draft does nothing, and confirming twice is
 * confirming once.
 */
export class DraftLifecycle implements Lifecycle {
  readonly #set: Setting;
  readonly #submission: Submission;

  constructor(dialect: DraftDialect, means: Means) {
    const { client, clock, conditions, pace, window, durations, patience, signal } = means;
    const calls = new Calls(client, dialect, conditions.scope, pace, signal);
    const timeout = patience;
    const poller = new Poller({ calls, clock, window, durations, timeout, signal });
    this.#set = { ...means, dialect, calls, poller };
    this.#submission = new Submission(calls, means);
  }

  /** Finds out how many batches of other applications run. */
  survey(): Promise<void> {
    return this.#set.poller.survey();
  }

  /** Does whatever is left to do for a batch, and says how it ended. */
  async perform(task: Task): Promise<Verdict> {
    const { log, window, poller, halt } = this.#set;
    const attempt = log.attempt(task.batch, task.attempt);
    if (attempt.verdict) return attempt.verdict;
    try {
      for (;;) {
        const none = attempt.id === undefined ? await this.submit(task) : undefined;
        if (none) return none;
        const id = attempt.id!;
        const place = attempt.confirming ? window.take() : window.enter(halt);
        if (window.crowdedOut) poller.stir();
        if (!(await place)) {
          const gone = await this.#submission.withdraw(attempt, id, false);
          return 'kind' in gone ? gone : await this.#watch(attempt, gone, task);
        }
        poller.claim(id);
        try {
          const ended = await this.#execute(attempt, id, task);
          if (ended !== 'again') return ended;
        } finally {
          poller.release(id);
          window.leave();
        }
      }
    } catch (error) {
      // What could not be written down was not sent.
      if (error instanceof JournalError) return notSent('journal', error.message);
      throw error;
    }
  }

  /** Makes the draft. Gives a verdict only where there will be none. */
  submit(task: Task): Promise<Verdict | undefined> {
    return this.#submission.submit(task);
  }

  /** Throws the draft of an attempt away. */
  async discard(attempt: Attempt & { readonly id: string }): Promise<void> {
    await this.#submission.withdraw(attempt, attempt.id, false);
  }

  tidy(): Promise<void> {
    return this.#submission.tidy();
  }

  settle(piece: Piece, verdict: Verdict): Settled {
    const { conditions, dialect } = this.#set;
    return settle(piece, verdict, { onError: conditions.onError, failure: dialect.failure });
  }

  look(): void {
    this.#set.poller.look();
  }

  /** Confirms and waits for the end; `again` where it has to queue or to make another draft. */
  async #execute(attempt: Attempt, id: string, task: Task): Promise<Verdict | 'again'> {
    const { log } = this.#set;
    // Whether an earlier confirmation may have arrived.
    const uncertain = attempt.confirming;
    if (!uncertain) await log.write({ type: 'confirm', ...keyOf(attempt) });
    const confirmed = await this.#confirm(attempt, id, uncertain);
    if (confirmed === 'again') return 'again';
    if ('kind' in confirmed) return log.settle(attempt, confirmed);
    return this.#watch(attempt, confirmed, task);
  }

  async #watch(attempt: Attempt, batch: ServerBatch, task: Task): Promise<Verdict> {
    const { log, poller } = this.#set;
    task.started?.(batch.id);
    const result = hasEnded(batch) ? batch : await poller.watch(batch.id);
    if (typeof result === 'string') return unknown(result, batch.id);
    return log.settle(attempt, verdictOf(result));
  }

  async #confirm(
    attempt: Attempt,
    id: string,
    before: boolean,
  ): Promise<ServerBatch | Verdict | 'again'> {
    const { calls, window, halt, log } = this.#set;
    const patience = new Patience(this.#set);
    let uncertain = before;
    let missing = 0;
    for (let tries = 1; ; tries += 1) {
      const seen = uncertain ? await calls.read(id) : undefined;
      if (seen?.ok && seen.value.confirmed) return seen.value;
      if (halt.aborted && (!uncertain || seen?.ok))
        return this.#submission.withdraw(attempt, id, uncertain);
      const answer = await calls.confirm(id);
      if (answer.ok && answer.value.confirmed) return answer.value;
      const trouble: Trouble = answer.ok ? notConfirmed : answer;
      switch (trouble.kind) {
        case 'busy':
          // An earlier confirmation may be among those that are executed.
          if (uncertain) break;
          window.refused();
          attempt.confirming = false;
          return 'again';
        case 'later':
          break;
        case 'lost':
          uncertain = true;
          break;
        case 'gone':
          missing += 1;
          if (missing <= Patience.tries) break;
          if (uncertain) return unknown('vanished', id);
          await log.write({ type: 'discard', ...keyOf(attempt) });
          return 'again';
        case 'tooLarge':
        case 'refused':
        case 'fatal':
          return this.#refusedToConfirm(attempt, id, uncertain, trouble);
        case 'aborted':
          return uncertain || trouble.acted ? unknown('aborted', id) : halted(halt);
      }
      // Others may keep us waiting for as long as they like.
      if (patience.over(tries) && trouble.kind !== 'busy') {
        return uncertain
          ? unknown('lost', id, trouble.message)
          : notSent('unreachable', trouble.message);
      }
      await patience.wait(tries);
    }
  }

  /** A confirmation may be refused because the batch is confirmed already. */
  async #refusedToConfirm(
    attempt: Attempt,
    id: string,
    uncertain: boolean,
    trouble: Trouble,
  ): Promise<ServerBatch | Verdict> {
    const { calls } = this.#set;
    const seen = await calls.read(id);
    if (seen.ok && seen.value.confirmed) return seen.value;
    if ((uncertain || trouble.acted) && !seen.ok) return unknown('lost', id, trouble.message);
    if (trouble.kind === 'fatal') return notSent('unreachable', trouble.message);
    await this.#submission.withdraw(attempt, id, false);
    return { kind: 'refused', status: trouble.status, errors: words(trouble) };
  }
}

const notConfirmed: Trouble = {
  kind: 'later',
  message: 'the server took the confirmation, and shows the batch as not confirmed',
};
