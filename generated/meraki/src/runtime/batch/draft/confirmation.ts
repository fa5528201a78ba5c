// @ts-nocheck
import { keyOf } from '../journal/run-state.js';
import type { Attempt } from '../journal/journal.js';
import {
  type BatchResult,
  halted,
  hasEnded,
  notSent,
  type ServerBatch,
  unknown,
} from '../outcome/batch-result.js';
import { consistentAfter } from '../pace/read-lag.js';
import { messagesOf, type RequestFailure, skipReasonOf } from '../pace/request-failure.js';
import { RetryDeadline } from '../pace/retry-deadline.js';
import type { RunContext } from '../run/executor.js';
import type { DraftApi, Removal } from './draft-api.js';

/** A draft is gone for as many times before its batch is given up. */
const mostRemakes = 2;

/** Throws drafts away. */
interface Remover {
  remove(attempt: Attempt, id: string): Promise<Removal>;
}

/** What a confirmation led to; `again` where the batch has to queue or to be drafted anew. */
export type Confirmed = ServerBatch | BatchResult | 'again';

/**
 * Confirms one draft. As long as no confirmation may have arrived, a refusal is a refusal. Afterwards
 * neither a refusal nor a read that shows a draft proves anything, until reads have agreed for longer than
 * replicas lag behind; and only a draft that could be thrown away then was certainly not executed.
 */
export class Confirmation {
  readonly #api: DraftApi;
  readonly #context: RunContext;
  readonly #drafts: Remover;
  readonly #attempt: Attempt;
  readonly #id: string;
  #deadline: RetryDeadline;
  /** Until when it waits for a place that others hold, while it may have been confirmed already. */
  readonly #placeDeadline: RetryDeadline;
  /** Since when a confirmation may have arrived. */
  #arrived: number | undefined;
  #refusal: RequestFailure | undefined;
  #missing = 0;

  constructor(
    api: DraftApi,
    context: RunContext,
    drafts: Remover,
    attempt: Attempt & { readonly id: string },
  ) {
    this.#api = api;
    this.#context = context;
    this.#drafts = drafts;
    this.#attempt = attempt;
    this.#id = attempt.id;
    this.#deadline = new RetryDeadline(context);
    this.#placeDeadline = new RetryDeadline({ ...context, timeout: context.placeTimeout });
  }

  async run(): Promise<Confirmed> {
    const { state, clock } = this.#context;
    if (this.#attempt.confirming) this.#arrived = clock.now();
    else await state.write({ type: 'confirm', ...keyOf(this.#attempt) });
    for (let tries = 1; ; tries += 1) {
      const done = await this.#try();
      if (done) return done;
      await this.#deadline.wait(tries);
    }
  }

  /** One try. Gives undefined where there must be another. */
  async #try(): Promise<Confirmed | undefined> {
    const { clock, stopSignal } = this.#context;
    if (this.#arrived !== undefined) {
      const seen = await this.#api.read(this.#id);
      if (seen.ok && (seen.value.confirmed || hasEnded(seen.value))) return seen.value;
      if (seen.ok) return this.#tryUnconfirmed(clock.now() - this.#arrived);
      if (seen.kind === 'aborted') return unknown('aborted', this.#id);
      if (seen.kind === 'fatal') return unknown('lost', this.#id, seen.message);
      if (seen.kind === 'gone' && this.#isMissing()) return this.#vanished();
      if (seen.kind === 'gone' && this.#attempt.withdrawn && !this.#deadline.isOver)
        return undefined;
      if (this.#deadline.isOver) return unknown('lost', this.#id, seen.message);
    }
    if (stopSignal.aborted) {
      return this.#arrived === undefined ? this.#withdraw(halted(stopSignal)) : undefined;
    }
    return this.#send();
  }

  /** A read shows a draft, `ms` milliseconds after a confirmation may have arrived. */
  #tryUnconfirmed(ms: number): Promise<Confirmed | undefined> {
    const { stopSignal } = this.#context;
    const isProved = ms >= consistentAfter;
    if (stopSignal.aborted && isProved) return this.#withdraw(halted(stopSignal));
    if (this.#refusal && isProved) return this.#withdraw(refusedBy(this.#refusal));
    if (this.#deadline.isOver) {
      return isProved
        ? this.#withdraw(notSent('unreachable', notConfirmed.message))
        : Promise.resolve(unknown('lost', this.#id));
    }
    return stopSignal.aborted ? Promise.resolve(undefined) : this.#send();
  }

  async #send(): Promise<Confirmed | undefined> {
    const { clock, slots, state } = this.#context;
    if (this.#attempt.withdrawn) await state.write({ type: 'confirm', ...keyOf(this.#attempt) });
    const begun = clock.now();
    const answer = await this.#api.confirm(this.#id);
    if (answer.ok) slots.admitted();
    if (answer.ok && (answer.value.confirmed || hasEnded(answer.value))) return answer.value;
    const failure: RequestFailure = answer.ok ? notConfirmed : answer;
    const isFirst = this.#arrived === undefined;
    if (answer.ok || failure.kind === 'lost' || failure.acted) this.#arrived ??= begun;
    switch (failure.kind) {
      case 'busy': {
        const isUnexplained = slots.refused(clock.now()) >= this.#context.timeout;
        if (!isFirst) {
          // It keeps its place, as it may be running. A server that is full does not fail.
          const isPatient = !isUnexplained && !this.#placeDeadline.isOver;
          if (isPatient) this.#deadline = new RetryDeadline(this.#context);
          return undefined;
        }
        if (isUnexplained) return this.#withdraw(notSent('unreachable', failure.message));
        this.#attempt.confirming = false;
        return 'again';
      }
      case 'lost':
      case 'later':
        break;
      case 'gone':
        return isFirst ? this.#gone(failure) : undefined;
      case 'tooLarge':
      case 'refused':
        if (this.#arrived !== undefined) {
          this.#refusal = failure;
          return undefined;
        }
        return this.#withdraw(refusedBy(failure));
      case 'fatal':
        if (this.#arrived !== undefined) return undefined;
        return this.#withdraw(notSent(skipReasonOf(failure), failure.message));
      case 'aborted':
        return this.#arrived === undefined
          ? halted(this.#context.stopSignal)
          : unknown('aborted', this.#id);
    }
    if (this.#arrived !== undefined || !this.#deadline.isOver) return undefined;
    return this.#withdraw(notSent('unreachable', failure.message));
  }

  /** No confirmation has arrived, and the server says that it does not know the draft. */
  async #gone(failure: RequestFailure): Promise<Confirmed | undefined> {
    if (this.#deadline.isOver) return this.#withdraw(notSent('unreachable', failure.message));
    if (!this.#isMissing()) return undefined;
    const seen = await this.#api.read(this.#id);
    // It is there, so the request is what fails.
    if (seen.ok || seen.kind !== 'gone') return undefined;
    await this.#context.state.write({ type: 'discard', ...keyOf(this.#attempt) });
    this.#attempt.remakes += 1;
    return this.#attempt.remakes > mostRemakes
      ? notSent('unreachable', 'the server loses its drafts')
      : 'again';
  }

  /** A confirmation may have arrived, and the server does not know the batch any more. */
  async #vanished(): Promise<Confirmed> {
    // An earlier process had found it to be a draft, and was about to throw it away.
    const gone = this.#attempt.withdrawn && (await this.#drafts.remove(this.#attempt, this.#id));
    if (typeof gone === 'object') return gone;
    return gone === 'removed' ? 'again' : unknown('vanished', this.#id);
  }

  #isMissing(): boolean {
    this.#missing += 1;
    return this.#missing > RetryDeadline.tries;
  }

  /** `result` where the draft can be thrown away; else it may have been executed. */
  async #withdraw(result: BatchResult): Promise<Confirmed> {
    const gone = await this.#drafts.remove(this.#attempt, this.#id);
    if (typeof gone === 'object') return gone;
    return this.#isExcluded(gone, result) ? result : unknown('lost', this.#id);
  }

  /** Whether the batch was certainly not executed. */
  #isExcluded(gone: Exclude<Removal, object>, { kind }: BatchResult): boolean {
    switch (gone) {
      case 'removed':
        return true;
      case 'refused':
        // The server deletes what is not confirmed.
        return false;
      case 'kept':
        // The actions of a batch that is refused are sent again, in parts.
        return this.#arrived === undefined && kind !== 'refused';
    }
  }
}

function refusedBy(failure: RequestFailure): BatchResult {
  return { kind: 'refused', status: failure.status, errors: messagesOf(failure) };
}

const notConfirmed: RequestFailure = {
  kind: 'later',
  message: 'the server took the confirmation, and shows the batch as not confirmed',
};
