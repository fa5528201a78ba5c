import type { RequestWire } from '../action/types.js';
import { type Attempt, JournalError } from '../journal/journal.js';
import type { BatchResult, SkipReason } from '../outcome/batch-result.js';
import { messagesOf, type RequestFailure, skipReasonOf } from '../pace/request-failure.js';
import { backOff } from '../pace/retry-deadline.js';
import type { RunContext } from '../run/executor.js';
import type { Task } from '../run/task.js';
import { noStatus, type ServerResult } from './codec.js';
import {
  askedWait,
  endpointFor,
  hasFence,
  isDoubtful,
  isRemoval,
  isSuspect,
  rollBack,
  sequenceOf,
} from './evidence.js';
import { type PendingAction, PendingActions, unknown } from './pending-actions.js';
import { readBack } from './read-back.js';
import type { Endpoint, RequestDialect } from './request-protocol.js';
import type { BatchSender, Reply } from './send-batch.js';
import type { Versions } from './version.js';

export interface Parts {
  readonly dialect: RequestDialect;
  readonly context: RunContext;
  readonly sender: BatchSender;
  /** Absent where the dialect has no version. */
  readonly versions: Versions | undefined;
}

/**
 * The life of one batch: it is sent, and what is left of it is sent again, until each action has its
 * result. A change of which the answer was lost is sent again only where a fence keeps it from being
 * applied twice.
 */
export class BatchRequest {
  readonly #parts: Parts;
  readonly #task: Task;
  readonly #attempt: Attempt;
  readonly #endpoint: Endpoint;
  readonly #pending: PendingActions;
  /** The version that a lost request named: it is named again, so that the server refuses what it did. */
  #told: string | undefined;
  /** Milliseconds to wait before the next request, where it is known. */
  #wait: number | undefined;

  constructor(parts: Parts, task: Task) {
    this.#parts = parts;
    this.#task = task;
    this.#attempt = parts.context.state.attempt(task.batch, task.attempt);
    this.#endpoint = endpointFor(parts.dialect, task.actions[0] as RequestWire);
    this.#pending = new PendingActions(task, this.#attempt, (wire) =>
      hasFence(this.#endpoint, wire),
    );
    if (this.#pending.open.some(({ isLost }) => isLost)) this.#told = this.#attempt.version;
  }

  async run(): Promise<BatchResult> {
    const { clock, stopSignal, abortSignal, timeout, state } = this.#parts.context;
    const pending = this.#pending;
    const end = clock.now() + timeout;
    for (let tries = 1; ; tries += 1) {
      if (abortSignal.aborted) pending.giveUp('aborted', undefined);
      // It is aborted with the reason.
      else if (stopSignal.aborted) pending.skip(stopSignal.reason as SkipReason);
      const { open } = pending;
      if (open.length === 0) break;
      this.#wait = undefined;
      const failure = await this.#send(open);
      if (typeof failure === 'object') return failure;
      await pending.note(state);
      if (pending.open.length === 0) break;
      if (clock.now() >= end)
        pending.giveUp('unreachable', failure ?? 'the server did not get to it');
      else
        await clock.sleep(Math.min(this.#wait ?? backOff(tries), end - clock.now()), abortSignal);
    }
    await pending.note(state);
    await pending.noteRefused(state);
    return pending.result();
  }

  /** One request. Gives what went wrong, or a result where there is one for the whole batch. */
  async #send(open: readonly PendingAction[]): Promise<BatchResult | string | undefined> {
    const { context, sender } = this.#parts;
    const { batch, attempt } = this.#attempt;
    let version: string | undefined;
    try {
      if (this.#attempt.sent.size === 0) await this.#task.before?.();
      const { versions } = this.#parts;
      const isVersioned = this.#endpoint.fence?.kind === 'version';
      version = this.#told ?? (isVersioned ? await versions?.present() : undefined);
      const places = open.map(({ place }) => place);
      await context.state.write({ type: 'send', batch, attempt, places, version });
    } catch (error) {
      // What could not be written down is not sent.
      const reason = error instanceof JournalError ? 'journal' : 'unreachable';
      this.#pending.giveUp(reason, error instanceof Error ? error.message : String(error));
      return undefined;
    }
    if (version !== undefined) for (const entry of open) entry.isFenced = true;
    const reply = await sender.send({
      endpoint: this.#endpoint,
      wires: open.map(({ wire }) => wire),
      after: sequenceOf(this.#endpoint, this.#parts.context.settings.ordered, open),
      version,
    });
    const failure = await this.#take(open, reply, version);
    this.#told = this.#pending.open.some(({ isLost }) => isLost) ? version : undefined;
    return failure;
  }

  async #take(
    open: readonly PendingAction[],
    reply: Reply,
    version: string | undefined,
  ): Promise<BatchResult | string | undefined> {
    switch (reply.kind) {
      case 'results':
        await this.#takeResults(open, reply.results, version);
        return undefined;
      case 'rolledBack':
        await this.#takeRollback(open, reply, version);
        return undefined;
      case 'stale':
        await this.#takeStale(open, reply, version);
        return reply.message;
      case 'failure':
        return this.#suffer(open, reply.failure, version);
    }
  }

  async #takeResults(
    open: readonly PendingAction[],
    results: readonly (ServerResult | undefined)[],
    version: string | undefined,
  ): Promise<void> {
    const { dialect, versions, context } = this.#parts;
    const { onError } = context.settings;
    const missing: PendingAction[] = [];
    const suspect: PendingAction[] = [];
    const doubtful: PendingAction[] = [];
    const notTried: PendingAction[] = [];
    for (const [index, entry] of open.entries()) {
      const result = results[index];
      if (!result) missing.push(entry);
      else if (dialect.notTried.includes(result.status)) notTried.push(entry);
      else if (isSuspect(this.#endpoint, entry, result)) suspect.push(entry);
      else if (isDoubtful(entry, result) && !dialect.throttled.includes(result.status))
        doubtful.push(entry);
      else this.#takeResult(entry, result);
    }
    const cause = open.find(({ result }) => result?.kind === 'failed')?.place;
    if (this.#endpoint.errors?.[onError]?.cuts && cause !== undefined) {
      for (const entry of missing) entry.result = { kind: 'skipped', reason: 'stopped', cause };
    } else {
      this.#pending.lose(missing);
    }
    this.#pending.skipDependents(notTried);
    await this.#look(suspect, 'suspect');
    await this.#look(doubtful, 'lost');
    const applied = open.filter(({ result }) => result?.kind === 'applied').length;
    if (version !== undefined) versions?.applied(version, applied);
    if (onError !== 'continue' && cause !== undefined) this.#pending.skip('stopped', cause);
    // The server answered, so those that it did not try can be sent at once.
    if (notTried.length > 0 && notTried.length < open.length) this.#wait ??= 0;
  }

  #takeResult(entry: PendingAction, { status, body, headers, errors }: ServerResult): void {
    const { throttled, hooks } = this.#parts.dialect;
    // A read that tells nothing is asked for again.
    if (status === noStatus) return;
    if (throttled.includes(status)) {
      this.#wait = Math.max(this.#wait ?? 0, askedWait(headers['retry-after']) ?? backOff(1));
      return;
    }
    if (status < 400) {
      const value = hooks?.value ? hooks.value(body) : body;
      entry.result = { kind: 'applied', value, answer: { status, headers } };
      return;
    }
    // A gateway does not know what became of the request behind it.
    if (status === 502 || status === 504 || (status === 503 && entry.isRead)) {
      this.#pending.lose([entry]);
      return;
    }
    entry.result = { kind: 'failed', status, errors };
  }

  /** Nothing of this request took effect; of one that was lost before, it is not known. */
  async #takeRollback(
    open: readonly PendingAction[],
    reply: Reply & { kind: 'rolledBack' },
    version: string | undefined,
  ): Promise<void> {
    await this.#lookForLost(open, version);
    rollBack(
      this.#endpoint,
      open.filter(({ result }) => !result),
      reply,
    );
  }

  /** The version has been raised: by a lost request of ours, or by somebody else. */
  async #takeStale(
    open: readonly PendingAction[],
    { status, message }: Reply & { kind: 'stale' },
    version: string | undefined,
  ): Promise<void> {
    const { versions } = this.#parts;
    const lost = open.filter(({ isLost }) => isLost);
    if (lost.length > 0) {
      if (version !== undefined) versions?.applied(version, lost.length);
      await this.#look(lost, 'lost');
      return;
    }
    if (versions?.renewable || versions?.settleDoubt()) return;
    for (const entry of open) {
      entry.result = { kind: 'skipped', reason: 'stale', status, message, version };
    }
  }

  async #suffer(
    open: readonly PendingAction[],
    failure: RequestFailure,
    version: string | undefined,
  ): Promise<BatchResult | string | undefined> {
    const errors = messagesOf(failure);
    const { status, message } = failure;
    switch (failure.kind) {
      case 'busy':
      case 'later':
        return message;
      case 'lost':
        this.#pending.lose(open);
        return message;
      case 'refused':
      case 'tooLarge':
        if (open.length === this.#pending.entries.length && !open.some(({ isLost }) => isLost)) {
          const { kind } = failure;
          return kind === 'refused' ? { kind, status, errors } : { kind, errors };
        }
        // What was lost before may be why; the rest is refused now.
        await this.#lookForLost(open, version);
        for (const entry of open) entry.result ??= { kind: 'failed', status, errors };
        return message;
      case 'gone':
        await this.#lookForLost(open, version);
        this.#pending.giveUp('unreachable', message);
        return message;
      case 'fatal':
        this.#pending.giveUp(skipReasonOf(failure), message);
        return message;
      case 'aborted':
        if (failure.acted) for (const entry of open) entry.isLost = !entry.isRead;
        this.#pending.giveUp('aborted', undefined);
        return message;
    }
  }

  /** Looks at those of which an earlier request was lost. */
  async #lookForLost(open: readonly PendingAction[], version: string | undefined): Promise<void> {
    const lost = open.filter(({ isLost }) => isLost);
    await this.#look(lost, 'lost');
    const applied = lost.filter(({ result }) => result?.kind === 'applied').length;
    const { versions } = this.#parts;
    if (version !== undefined) versions?.applied(version, applied);
    if (lost.length > 0 && applied === 0) versions?.doubt();
  }

  /** Finds out by reading what became of these. */
  async #look(entries: readonly PendingAction[], reason: 'lost' | 'suspect'): Promise<void> {
    if (entries.length === 0) return;
    const { dialect, context, sender } = this.#parts;
    const shown = await readBack(
      dialect,
      context,
      (endpoint, urls) => sender.read(endpoint, urls),
      entries,
    );
    const isWhole =
      context.settings.onError === 'rollback' &&
      entries.length === this.#pending.entries.length &&
      shown.every((one) => one !== undefined);
    for (const [index, entry] of entries.entries()) {
      const found = shown[index];
      const proves =
        reason === 'suspect' ||
        isWhole ||
        !isRemoval(entry) ||
        hasFence(this.#endpoint, entry.wire);
      entry.result = found && proves ? { kind: 'applied', value: found.value } : unknown(reason);
    }
  }
}
