import { member } from '../action/members.js';
import { sameBody } from '../action/same-json.js';
import { trim } from '../action/wire.js';
import { type Attempt, keyOf } from '../journal/run-state.js';
import {
  type BatchResult,
  halted,
  hasEnded,
  notSent,
  type ServerBatch,
  unknown,
} from '../outcome/batch-result.js';
import { messagesOf } from '../pace/request-failure.js';
import { RetryDeadline } from '../pace/retry-deadline.js';
import type { RunContext } from '../run/executor.js';
import type { Task } from '../run/task.js';
import type { DraftApi } from './draft-api.js';

/** Makes drafts, finds them again when answers were lost, and throws them away. */
export class DraftStore {
  readonly #api: DraftApi;
  readonly #context: RunContext;
  /** Drafts that belong to an attempt. */
  readonly #claimed = new Set<string>();
  /** Actions of drafts that may exist although their answers were lost. */
  readonly #orphans: (readonly object[])[] = [];

  constructor(api: DraftApi, context: RunContext) {
    this.#api = api;
    this.#context = context;
    // Drafts that a journal tells of: no other attempt takes them.
    for (const id of context.state.ids()) this.#claimed.add(id);
  }

  /** Makes the draft. Gives a verdict only where there will be none. */
  async create(task: Task): Promise<BatchResult | undefined> {
    const { state, stopSignal, callback } = this.#context;
    const attempt = state.attempt(task.batch, task.attempt);
    const deadline = new RetryDeadline(this.#context);
    let lost = attempt.submitted;
    if (lost) this.#orphans.push(task.actions);
    for (let tries = 1; ; tries += 1) {
      if (stopSignal.aborted) return halted(stopSignal);
      const found = lost ? await this.#find(task.actions) : undefined;
      if (found !== undefined) return this.#keep(attempt, found);
      if (!attempt.submitted) await state.write({ type: 'submit', ...keyOf(attempt) });
      const answer = await this.#api.create(task.actions, task.synchronous, callback);
      if (answer.ok) {
        // Another attempt with the same actions may have found this draft before its answer came.
        if (!this.#claimed.has(answer.value.id)) return this.#keep(attempt, answer.value.id);
        continue;
      }
      switch (answer.kind) {
        case 'refused':
          return state.end(attempt, {
            kind: 'refused',
            status: answer.status,
            errors: messagesOf(answer),
          });
        case 'tooLarge':
          return state.end(attempt, { kind: 'tooLarge', errors: messagesOf(answer) });
        case 'gone':
        case 'fatal':
          return notSent('unreachable', answer.message);
        case 'aborted':
          return halted(stopSignal);
        case 'lost':
          if (!lost) this.#orphans.push(task.actions);
          lost = true;
          break;
        case 'busy':
        case 'later':
      }
      if (deadline.over(tries) && answer.kind !== 'busy')
        return notSent('unreachable', answer.message);
      await deadline.wait(tries);
    }
  }

  /** Throws a draft away. Gives the batch where it turns out to be confirmed. */
  async withdraw(
    attempt: Attempt,
    id: string,
    uncertain: boolean,
  ): Promise<BatchResult | ServerBatch> {
    const { state, abortSignal, stopSignal } = this.#context;
    const deadline = new RetryDeadline(this.#context);
    for (let tries = 1; tries <= 3 && !abortSignal.aborted && !state.broken; tries += 1) {
      const answer = await this.#api.discard(id);
      if (answer.ok || answer.kind === 'gone') {
        await state.write({ type: 'discard', ...keyOf(attempt) });
        return halted(stopSignal);
      }
      const seen = answer.kind === 'refused' ? await this.#api.read(id) : undefined;
      if (seen?.ok && seen.value.confirmed) return seen.value;
      await deadline.wait(tries);
    }
    // It may be confirmed yet, by a request that was slow.
    return uncertain ? unknown('lost', id) : halted(stopSignal);
  }

  /** Throws away drafts whose answer was lost and that are not needed. */
  async cleanUp(): Promise<void> {
    const { abortSignal } = this.#context;
    if (this.#orphans.length === 0 || abortSignal.aborted) return;
    const listed = await this.#api.list();
    if (!listed.ok) return;
    const orphans = listed.value.filter(
      (batch) =>
        this.#isFree(batch) && this.#orphans.some((actions) => sameActions(batch.actions, actions)),
    );
    await Promise.all(orphans.map(({ id }) => this.#api.discard(id)));
  }

  /** The id of a draft that has these actions and is not in use. */
  async #find(actions: readonly object[]): Promise<string | undefined> {
    const deadline = new RetryDeadline(this.#context);
    for (let tries = 1; tries <= 3 && !this.#context.abortSignal.aborted; tries += 1) {
      const listed = await this.#api.list();
      if (listed.ok) {
        return listed.value.find(
          (batch) => this.#isFree(batch) && sameActions(batch.actions, actions),
        )?.id;
      }
      await deadline.wait(tries);
    }
    // Another draft does no harm: only one will be confirmed.
    return undefined;
  }

  #isFree(batch: ServerBatch): boolean {
    return !batch.confirmed && !hasEnded(batch) && !this.#claimed.has(batch.id);
  }

  async #keep(attempt: Attempt, id: string): Promise<undefined> {
    this.#claimed.add(id);
    await this.#context.state.write({ type: 'draft', ...keyOf(attempt), id });
  }
}

/** Whether a server's list of actions is the one that was sent. */
function sameActions(shown: readonly unknown[], sent: readonly object[]): boolean {
  return (
    shown.length === sent.length &&
    sent.every((wire, index) => {
      const other = shown[index];
      return (
        typeof other === 'object' &&
        other !== null &&
        member(wire, 'operation') === member(other, 'operation') &&
        trim(String(member(wire, 'resource'))) === trim(String(member(other, 'resource'))) &&
        sameBody(member(wire, 'body'), member(other, 'body'))
      );
    })
  );
}
