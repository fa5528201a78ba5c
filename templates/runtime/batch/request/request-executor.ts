import { Exchange } from './batch-request.js';
import type { Lifecycle, Means, Task } from '../run/executor.js';
import { JournalError } from '../journal/journal.js';
import type { SkipReason } from '../outcome/outcome.js';
import type { RequestDialect } from './request-protocol.js';
import { Sender } from './send-batch.js';
import { settle, type Piece, type Settled } from '../outcome/outcomes-of.js';
import type { Verdict } from '../outcome/batch-result.js';
import { Versions, type Version } from './version.js';

/** The life of a batch that is one request: sent, answered, and over. */
export class RequestLifecycle implements Lifecycle {
  readonly #dialect: RequestDialect;
  readonly #means: Means;
  readonly #sender: Sender;
  readonly #versions: Versions | undefined;

  constructor(dialect: RequestDialect, means: Means, version: Version | undefined) {
    this.#dialect = dialect;
    this.#means = means;
    this.#sender = new Sender(means);
    const fence = dialect.endpoints.flatMap(({ fence: one }) => one ?? []).find(isVersion);
    this.#versions = fence && new Versions(fence, version, means.log);
  }

  survey(): Promise<void> {
    return Promise.resolve();
  }

  async perform(task: Task): Promise<Verdict> {
    const { log, window, halt, clock, durations } = this.#means;
    const attempt = log.attempt(task.batch, task.attempt);
    if (attempt.verdict) return attempt.verdict;
    const place = attempt.sent.size > 0 ? window.take() : window.enter(halt);
    // Whoever aborts it gives the reason.
    if (!(await place)) return notSent(halt.reason as SkipReason, undefined);
    const begun = clock.now();
    try {
      task.started?.();
      const parts = {
        dialect: this.#dialect,
        means: this.#means,
        sender: this.#sender,
        versions: this.#versions,
      };
      const verdict = await new Exchange(parts, task).run();
      if (verdict.kind !== 'answered') {
        const { batch } = task;
        await log.write({ type: 'done', batch, attempt: task.attempt, verdict }).catch(() => {});
      }
      durations.add(clock.now() - begun);
      return verdict;
    } catch (error) {
      // What could not be written down was not sent.
      if (error instanceof JournalError) return notSent('journal', error.message);
      throw error;
    } finally {
      window.leave();
    }
  }

  settle(piece: Piece, verdict: Verdict): Settled {
    return settle(piece, verdict, { onError: this.#means.conditions.onError });
  }

  look(): void {
    // The answer comes by itself.
  }

  tidy(): Promise<void> {
    return Promise.resolve();
  }
}

function isVersion<F extends { readonly kind: string }>(
  fence: F,
): fence is F & { kind: 'version' } {
  return fence.kind === 'version';
}

function notSent(reason: SkipReason, message: string | undefined): Verdict {
  return { kind: 'notSent', reason, message };
}
