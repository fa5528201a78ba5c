// @ts-nocheck
import { keyOf } from '../journal/run-state.js';
import type { Attempt } from '../journal/journal.js';
import { type BatchResult, halted, hasEnded, notSent, unknown } from '../outcome/batch-result.js';
import type { LeftDraft } from '../outcome/left-draft.js';
import { messagesOf, skipReasonOf } from '../pace/request-failure.js';
import { RetryDeadline } from '../pace/retry-deadline.js';
import type { RunContext } from '../run/executor.js';
import type { Task } from '../run/task.js';
import type { DraftApi, Removal } from './draft-api.js';
import { ExecutedBatches, runningIn } from './executed-batches.js';
import { LostDrafts } from './lost-drafts.js';

/** Drafts with the same actions that losing answers may leave, before the batch is given up. */
const mostLost = 10;

/** So often the list of batches is not there before that is believed. */
const mostMissing = 4;

/** Waits between the looks for drafts that are left, in milliseconds: lists lag behind. */
const cleanUpWaits = [1_000, 4_000];

/**
 * Makes drafts and throws them away. A draft is ours if its id came in an answer to our POST. Nothing else
 * proves it: others may make equal drafts. So what a lost answer leaves behind is made anew, as drafts change
 * nothing, and named at the end.
 */
export class DraftStore {
  readonly #api: DraftApi;
  readonly #context: RunContext;
  /** Drafts that belong to an attempt. */
  readonly #claimed = new Set<string>();
  readonly #lost = new LostDrafts();
  /** Drafts of ours that could not be thrown away. */
  readonly #kept = new Map<string, Attempt>();
  #others: Promise<void> | undefined;
  /** Set where the run is resumed. */
  readonly #executed: ExecutedBatches | undefined;

  constructor(api: DraftApi, context: RunContext) {
    this.#api = api;
    this.#context = context;
    // Drafts that a journal knows: no other attempt takes them.
    const { recorded, others = [], firstId } = context.state;
    for (const id of context.state.ids()) this.#claimed.add(id);
    if (recorded) {
      this.#executed = new ExecutedBatches(api, (id) => this.#claimed.has(id), others, firstId);
    }
  }

  /** Makes the draft. Gives a result only where there will be none. */
  async create(task: Task): Promise<BatchResult | undefined> {
    const { state, stopSignal, callback } = this.#context;
    const attempt = state.attempt(task.batch, task.attempt);
    const deadline = new RetryDeadline(this.#context);
    const executed = await this.#executed?.find(task.actions, attempt.isEarly);
    if (executed !== undefined) return unknown('suspect', executed, isRestored);
    let isWritten = false;
    let losses = 0;
    let missing = 0;
    for (let tries = 1; ; tries += 1) {
      if (stopSignal.aborted) return halted(stopSignal);
      await this.knowOthers();
      // Each POST that may make a draft is written down.
      if (!isWritten) await state.write({ type: 'submit', ...keyOf(attempt) });
      isWritten = true;
      const answer = await this.#api.create(task.actions, task.synchronous, callback);
      if (answer.ok) {
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
          // One that is not there may be a server that restarts.
          missing += 1;
          if (missing < mostMissing) break;
          return notSent(skipReasonOf(answer), answer.message);
        case 'fatal':
          return notSent(skipReasonOf(answer), answer.message);
        case 'aborted':
          this.#lost.add(task.batch, task.actions, this.#context.clock.now());
          return halted(stopSignal);
        case 'lost':
          isWritten = false;
          losses += 1;
          this.#lost.add(task.batch, task.actions, this.#context.clock.now());
          if (losses >= mostLost && (await this.#countLost(task.batch)) >= mostLost) {
            return notSent(
              'unreachable',
              `its drafts are made, and not answered: ${answer.message}`,
            );
          }
          break;
        case 'busy':
        case 'later':
      }
      if (deadline.isOver && answer.kind !== 'busy') return notSent('unreachable', answer.message);
      await deadline.wait(tries);
    }
  }

  /** Notes what the journal says of drafts of an attempt that may be left. */
  recall(task: Task): void {
    const { state, clock } = this.#context;
    const attempt = state.attempt(task.batch, task.attempt);
    const { submitted, id, result } = attempt;
    // A journal that was restored from a backup may not know of a draft at all.
    const mayKnowLess = state.recorded !== undefined && !result;
    if (submitted > 0 || mayKnowLess) {
      this.#lost.add(task.batch, task.actions, clock.now(), Math.max(0, submitted));
    }
    if (id !== undefined && result?.kind === 'refused') this.#kept.set(id, attempt);
  }

  /** Throws a draft away; gives the batch where it turns out to be confirmed. */
  async remove(attempt: Attempt, id: string): Promise<Removal> {
    const { state, abortSignal, clock, timeout } = this.#context;
    const deadline = new RetryDeadline(this.#context);
    // A server that asks for long waits would have each of these requests wait.
    const end = clock.now() + timeout;
    const mayTry = (): boolean => !abortSignal.aborted && !state.broken && clock.now() < end;
    // Else a process that dies now would leave nothing that tells it from a batch that the server has lost.
    if (!attempt.withdrawn && mayTry())
      await state.write({ type: 'withdraw', ...keyOf(attempt) }).catch(() => {});
    let isRefused = false;
    for (let tries = 1; tries <= 3 && mayTry(); tries += 1) {
      const answer = await this.#api.discard(id);
      const isDeleted = answer.ok && answer.value === 'deleted';
      // A server that lags behind may not know it yet.
      const seen = isDeleted ? undefined : await this.#api.read(id);
      if (seen?.ok && (seen.value.confirmed || hasEnded(seen.value))) return seen.value;
      const mayBeGone = answer.ok || answer.kind === 'gone';
      if (isDeleted || (mayBeGone && seen?.ok === false && seen.kind === 'gone')) {
        this.#kept.delete(id);
        // A server may give the id to a later draft.
        this.#claimed.delete(id);
        await state.write({ type: 'discard', ...keyOf(attempt) });
        return 'removed';
      }
      if (!answer.ok && answer.kind === 'refused') isRefused = true;
      await deadline.wait(tries);
    }
    this.#kept.set(id, attempt);
    return isRefused ? 'refused' : 'kept';
  }

  /** Throws away the drafts that are not needed, and gives those that are left. */
  async cleanUp(): Promise<readonly LeftDraft[]> {
    const { clock, abortSignal, lag, state, silence, timeout } = this.#context;
    const end = clock.now() + timeout;
    let listed: readonly LeftDraft[] | undefined;
    for (let round = 0; !abortSignal.aborted && (round === 0 || clock.now() < end); round += 1) {
      for (const [id, attempt] of this.#kept) if (clock.now() < end) await this.remove(attempt, id);
      listed = (await this.#listLost()) ?? listed;
      const isSettled = this.#lost.unseen(listed, clock.now()).length === 0;
      const wait = cleanUpWaits[round];
      if ((this.#kept.size === 0 && isSettled) || wait === undefined) break;
      if (silence.left === 0) break;
      await clock.sleep(Math.max(wait, lag.wait), abortSignal);
    }
    const kept = [...this.#kept].map(([id, { batch }]) => ({ id, batch, isOurs: true }));
    const left = [...kept, ...(listed ?? []), ...this.#lost.unseen(listed, clock.now())];
    if (left.length > 0 || state.left.length > 0) {
      await state.write({ type: 'left', drafts: left }).catch(() => {});
    }
    return left;
  }

  /** Drafts that may be those whose answers were lost; undefined where the list cannot be read. */
  async #listLost(): Promise<readonly LeftDraft[] | undefined> {
    const { others, recorded } = this.#context.state;
    const parts = recorded && (await this.#executed?.draftsOf(recorded.batches));
    if (this.#lost.isEmpty && !parts?.size) return [];
    const answer = await this.#api.list();
    if (!answer.ok) return undefined;
    const isNew = (id: string): boolean => !this.#claimed.has(id) && others?.has(id) !== true;
    return this.#lost.among(answer.value, isNew, parts);
  }

  async #countLost(batch: number): Promise<number> {
    const listed = await this.#listLost();
    return listed?.filter((draft) => draft.batch === batch).length ?? 0;
  }

  /** Notes, once and before the first draft is made, what others have on the server. */
  knowOthers(): Promise<void> {
    this.#others ??= this.#listOthers();
    return this.#others;
  }

  async #listOthers(): Promise<void> {
    const { state, slots, abortSignal } = this.#context;
    const observe = (running: readonly string[]): void =>
      slots.observe(running.filter((id) => !this.#claimed.has(id)).length);
    if (state.recorded && state.firstId === undefined) {
      // From now on, the first draft in the journal need not be the first of the run.
      await state.write({ type: 'resumed' });
      // Its drafts wait for the list of all batches, which shows as much.
      const running = await this.#executed?.running();
      if (running) return observe(running);
    }
    const deadline = new RetryDeadline(this.#context);
    let listed = await this.#api.list();
    for (let tries = 1; isPassing(listed) && tries < 4 && !abortSignal.aborted; tries += 1) {
      await deadline.wait(tries);
      listed = await this.#api.list();
    }
    if (!listed.ok) return;
    observe(runningIn(listed.value));
    // What is there when a run is resumed may be its own.
    if (state.others || state.recorded || state.hasSubmitted) return;
    const drafts = listed.value.filter(({ confirmed }) => !confirmed);
    await state.write({ type: 'others', ids: drafts.map(({ id }) => id) });
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

const isRestored =
  'the server has executed a batch with these actions that the journal does not know, as after it was restored from a backup';
