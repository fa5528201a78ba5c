import { member } from '../action/members.js';
import { sameBody } from '../action/same-json.js';
import { trim } from '../action/wire.js';
import { keyOf } from '../journal/run-state.js';
import type { Attempt } from '../journal/journal.js';
import {
  type BatchResult,
  halted,
  hasEnded,
  notSent,
  type ServerBatch,
} from '../outcome/batch-result.js';
import { messagesOf, skipReasonOf } from '../pace/request-failure.js';
import { RetryDeadline } from '../pace/retry-deadline.js';
import type { RunContext } from '../run/executor.js';
import type { Task } from '../run/task.js';
import type { DraftApi } from './draft-api.js';

/** POSTs whose answers were lost: as many drafts with these actions may be on the server. */
interface Lost {
  readonly actions: readonly object[];
  count: number;
}

/** Waits between the looks for drafts that are left, in milliseconds: lists lag behind. */
const cleanUpWaits = [1_000, 4_000];

/**
 * Makes drafts, finds them again when answers were lost, and throws them away. A draft is ours if its id
 * was in an answer; or if it was not in the list before we began, and no more drafts with its actions
 * are there than POSTs of ours were lost. No other is touched.
 */
export class DraftStore {
  readonly #api: DraftApi;
  readonly #context: RunContext;
  /** Drafts that belong to an attempt. */
  readonly #claimed = new Set<string>();
  readonly #lost: Lost[] = [];
  /** Drafts of ours that could not be thrown away. */
  readonly #kept = new Map<string, Attempt>();
  #others: Promise<void> | undefined;

  constructor(api: DraftApi, context: RunContext) {
    this.#api = api;
    this.#context = context;
    // Drafts that a journal knows: no other attempt takes them.
    for (const id of context.state.ids()) this.#claimed.add(id);
  }

  /** Makes the draft. Gives a result only where there will be none. */
  async create(task: Task): Promise<BatchResult | undefined> {
    const { state, stopSignal, callback } = this.#context;
    const attempt = state.attempt(task.batch, task.attempt);
    const deadline = new RetryDeadline(this.#context);
    let isLost = attempt.submitted > 0;
    let isWritten = false;
    if (isLost) this.#lose(task.actions, attempt.submitted);
    for (let tries = 1; ; tries += 1) {
      if (stopSignal.aborted) return halted(stopSignal);
      await this.knowOthers();
      const found = isLost ? await this.#find(task.actions) : undefined;
      if (found !== undefined) return this.#keep(attempt, found);
      // Each POST that may make a draft is written down.
      if (!isWritten) await state.write({ type: 'submit', ...keyOf(attempt) });
      isWritten = true;
      const answer = await this.#api.create(task.actions, task.synchronous, callback);
      if (answer.ok) {
        // Another attempt with the same actions may have found this draft before its answer came.
        if (!this.#claimed.has(answer.value.id)) return this.#keep(attempt, answer.value.id);
        if (deadline.isOver) return notSent('unreachable', 'the server gives drafts the same id');
        await deadline.wait(tries);
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
          return notSent(skipReasonOf(answer), answer.message);
        case 'aborted':
          return halted(stopSignal);
        case 'lost':
          isLost = true;
          isWritten = false;
          this.#lose(task.actions, 1);
          break;
        case 'busy':
        case 'later':
      }
      if (deadline.isOver && answer.kind !== 'busy') return notSent('unreachable', answer.message);
      await deadline.wait(tries);
    }
  }

  /** Throws a draft away; gives the batch where it turns out to be confirmed. */
  async remove(attempt: Attempt, id: string): Promise<'removed' | 'kept' | ServerBatch> {
    const { state, abortSignal } = this.#context;
    const deadline = new RetryDeadline(this.#context);
    for (let tries = 1; tries <= 3 && !abortSignal.aborted && !state.broken; tries += 1) {
      const answer = await this.#api.discard(id);
      // A server that lags behind may not know it yet.
      const seen = answer.ok ? undefined : await this.#api.read(id);
      if (seen?.ok && (seen.value.confirmed || hasEnded(seen.value))) return seen.value;
      const isGone = !answer.ok && answer.kind === 'gone' && seen?.ok === false;
      if (answer.ok || (isGone && seen.kind === 'gone')) {
        this.#kept.delete(id);
        await state.write({ type: 'discard', ...keyOf(attempt) });
        return 'removed';
      }
      await deadline.wait(tries);
    }
    this.#kept.set(id, attempt);
    return 'kept';
  }

  /** The ids of drafts that could not be thrown away. */
  get kept(): readonly string[] {
    return [...this.#kept.keys()];
  }

  /** Throws away the drafts that are not needed: what is left, and those whose answers were lost. */
  async cleanUp(): Promise<void> {
    const { clock, abortSignal, lag, state } = this.#context;
    for (let round = 0; !abortSignal.aborted && !state.broken; round += 1) {
      const isClean = await this.#cleanOnce();
      const wait = cleanUpWaits[round];
      if (isClean || wait === undefined) return;
      await clock.sleep(Math.max(wait, lag.wait), abortSignal);
    }
  }

  async #cleanOnce(): Promise<boolean> {
    for (const [id, attempt] of this.#kept) await this.remove(attempt, id);
    const open = this.#lost.filter(({ count }) => count > 0);
    if (open.length === 0) return this.#kept.size === 0;
    const listed = await this.#api.list();
    if (!listed.ok) return false;
    for (const lost of open) {
      const orphans = listed.value.filter((batch) => this.#isOrphan(batch, lost.actions));
      if (orphans.length > lost.count) continue;
      for (const { id } of orphans) {
        const answer = await this.#api.discard(id);
        if (!answer.ok && answer.kind !== 'gone') continue;
        lost.count -= 1;
        this.#claimed.add(id);
      }
    }
    return this.#kept.size === 0 && open.every(({ count }) => count <= 0);
  }

  #lose(actions: readonly object[], count: number): void {
    const known = this.#lost.find((one) => sameActions(one.actions, actions));
    if (known) known.count += count;
    else this.#lost.push({ actions, count });
  }

  /** Notes, once and before the first draft is made, what others have on the server. */
  knowOthers(): Promise<void> {
    this.#others ??= this.#listOthers();
    return this.#others;
  }

  async #listOthers(): Promise<void> {
    const { state, slots, abortSignal } = this.#context;
    const deadline = new RetryDeadline(this.#context);
    let listed = await this.#api.list();
    for (let tries = 1; isPassing(listed) && tries < 4 && !abortSignal.aborted; tries += 1) {
      await deadline.wait(tries);
      listed = await this.#api.list();
    }
    if (!listed.ok) return;
    const running = listed.value.filter((batch) => batch.confirmed && !hasEnded(batch));
    slots.observe(running.filter(({ id }) => !this.#claimed.has(id)).length);
    if (state.others || state.hasSubmitted) return;
    const drafts = listed.value.filter(({ confirmed }) => !confirmed);
    await state.write({ type: 'others', ids: drafts.map(({ id }) => id) });
  }

  /** The id of a draft that has these actions and is proved to be ours. */
  async #find(actions: readonly object[]): Promise<string | undefined> {
    const lost = this.#lost.find((one) => sameActions(one.actions, actions));
    if (!lost || lost.count <= 0 || !this.#context.state.others) return undefined;
    const deadline = new RetryDeadline(this.#context);
    for (let tries = 1; tries <= 3 && !this.#context.abortSignal.aborted; tries += 1) {
      const listed = await this.#api.list();
      if (listed.ok) {
        const orphans = listed.value.filter((batch) => this.#isOrphan(batch, actions));
        const [orphan] = orphans;
        if (!orphan || orphans.length > lost.count) return undefined;
        lost.count -= 1;
        return orphan.id;
      }
      await deadline.wait(tries);
    }
    // Another draft does no harm: only one will be confirmed.
    return undefined;
  }

  /** Whether a draft with these actions was made since we began, and belongs to no attempt. */
  #isOrphan(batch: ServerBatch, actions: readonly object[]): boolean {
    const { others } = this.#context.state;
    return (
      others !== undefined &&
      !others.has(batch.id) &&
      !batch.confirmed &&
      !hasEnded(batch) &&
      !this.#claimed.has(batch.id) &&
      sameActions(batch.actions, actions)
    );
  }

  async #keep(attempt: Attempt, id: string): Promise<undefined> {
    this.#claimed.add(id);
    await this.#context.state.write({ type: 'draft', ...keyOf(attempt), id });
  }
}

/** Whether a request failed that may succeed soon. */
function isPassing(answer: { readonly ok: boolean; readonly kind?: string }): boolean {
  return answer.kind === 'later' || answer.kind === 'lost';
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
