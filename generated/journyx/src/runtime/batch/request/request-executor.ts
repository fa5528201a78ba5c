// @ts-nocheck
import { type Attempt, JournalError } from '../journal/journal.js';
import type { BatchResult, SkipReason } from '../outcome/batch-result.js';
import type { BatchOutcomes, SentBatch } from '../outcome/outcome.js';
import { outcomesOf } from '../outcome/outcomes-of.js';
import { shownOutcomes } from '../outcome/shown-outcomes.js';
import type { BatchExecutor, RunContext } from '../run/executor.js';
import type { Task } from '../run/task.js';
import { BatchRequest } from './batch-request.js';
import type { RequestDialect } from './request-protocol.js';
import { BatchSender } from './send-batch.js';
import { type Version, Versions } from './version.js';

/** The life of a batch that is one request: sent, answered, and over. */
export class RequestExecutor implements BatchExecutor {
  readonly #dialect: RequestDialect;
  readonly #context: RunContext;
  readonly #sender: BatchSender;
  readonly #versions: Versions | undefined;

  constructor(dialect: RequestDialect, context: RunContext, version: Version | undefined) {
    this.#dialect = dialect;
    this.#context = context;
    this.#sender = new BatchSender(context);
    const fence = dialect.endpoints.flatMap(({ fence: one }) => one ?? []).find(isVersion);
    this.#versions = fence && new Versions(fence, version, context.state);
  }

  countOthers(): Promise<void> {
    return Promise.resolve();
  }

  async execute(task: Task): Promise<BatchResult> {
    const { state, slots, stopSignal, clock, durations } = this.#context;
    const attempt = state.attempt(task.batch, task.attempt);
    if (attempt.result) return attempt.result;
    const place = attempt.sent.size > 0 ? slots.take() : slots.enter(stopSignal);
    // It is aborted with the reason.
    if (!(await place)) return notSent(stopSignal.reason as SkipReason, undefined);
    const begun = clock.now();
    try {
      task.started?.();
      const parts = {
        dialect: this.#dialect,
        context: this.#context,
        sender: this.#sender,
        versions: this.#versions,
      };
      const result = await new BatchRequest(parts, task).run();
      if (result.kind !== 'answered') {
        const { batch } = task;
        await state.write({ type: 'done', batch, attempt: task.attempt, result }).catch(() => {});
      }
      durations.add(clock.now() - begun);
      return result;
    } catch (error) {
      // What could not be written down was not sent.
      if (error instanceof JournalError) return notSent('journal', error.message);
      return failedInside(error, attempt);
    } finally {
      slots.leave();
    }
  }

  outcomesOf(sentBatch: SentBatch, result: BatchResult): BatchOutcomes {
    const { settings, shown } = this.#context;
    const outcomes = outcomesOf(sentBatch, result, { onError: settings.onError });
    return shownOutcomes(outcomes, (text) => shown.text(text));
  }

  look(): void {
    // The answer comes by itself.
  }

  cleanUp(): Promise<readonly []> {
    return Promise.resolve([]);
  }
}

function isVersion<F extends { readonly kind: string }>(
  fence: F,
): fence is F & { kind: 'version' } {
  return fence.kind === 'version';
}

function notSent(reason: SkipReason, message: string | undefined): BatchResult {
  return { kind: 'notSent', reason, message };
}

/** An unexpected error is one of this batch, not of the whole run. */
function failedInside(error: unknown, { sent }: Attempt): BatchResult {
  const message = error instanceof Error ? error.message : String(error);
  return sent.size === 0
    ? notSent('unreachable', message)
    : { kind: 'unknown', reason: 'lost', batchId: undefined, message };
}
