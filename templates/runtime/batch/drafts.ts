import { member, sameBody } from './attribute.js';
import { Calls, hasEnded, type ServerBatch } from './calls.js';
import type { DraftDialect } from './dialect.js';
import { JournalError } from './journal.js';
import type { Lifecycle, Means, Task } from './lifecycle.js';
import type { Attempt } from './log.js';
import type { SkipReason } from './outcome.js';
import { Poller } from './poll.js';
import { backOff } from './schedule.js';
import { settle, type Piece, type Settled } from './settle.js';
import { words, type Trouble } from './trouble.js';
import { isFinal, unknown, verdictOf, type Verdict } from './verdict.js';
import { trim } from './wire.js';

interface Setting extends Means {
  readonly dialect: DraftDialect;
  readonly calls: Calls;
  readonly poller: Poller;
}

/** How often a batch may seem not to exist before it is believed: servers are eventually consistent. */
const tolerance = 5;

/**
 * The life of a batch that is made as a draft and then confirmed. Each step is written down before it
 * is taken, and does no harm if it is taken again: a draft does nothing, and confirming twice is
 * confirming once.
 */
export class DraftLifecycle implements Lifecycle {
  readonly #set: Setting;
  /** Drafts that belong to an attempt. */
  readonly #claimed = new Set<string>();
  /** Actions of drafts that may exist although their answers were lost. */
  readonly #strays: (readonly object[])[] = [];

  constructor(dialect: DraftDialect, means: Means) {
    const { client, clock, conditions, log, pace, window, durations, patience, signal } = means;
    const calls = new Calls(client, dialect, conditions.scope, pace, signal);
    const timeout = patience;
    const poller = new Poller({ calls, clock, window, durations, timeout, signal });
    this.#set = { ...means, dialect, calls, poller };
    // Drafts that a journal tells of: no other attempt takes them.
    for (const id of log.ids()) this.#claimed.add(id);
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
          const gone = await this.withdraw(attempt, id, false);
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
  async submit(task: Task): Promise<Verdict | undefined> {
    const { calls, log, halt, callback } = this.#set;
    const attempt = log.attempt(task.batch, task.attempt);
    const patience = this.#patience();
    let lost = attempt.submitted;
    if (lost) this.#strays.push(task.actions);
    for (let tries = 1; ; tries += 1) {
      if (halt.aborted) return this.#halted();
      const found = lost ? await this.#find(task.actions) : undefined;
      if (found !== undefined) return this.#keep(attempt, found);
      if (!attempt.submitted) await log.write({ type: 'submit', ...key(attempt) });
      const answer = await calls.create(task.actions, task.synchronous, callback);
      if (answer.ok) {
        // Another attempt with the same actions may have found this draft before its answer came.
        if (!this.#claimed.has(answer.value.id)) return this.#keep(attempt, answer.value.id);
        continue;
      }
      switch (answer.kind) {
        case 'refused':
          return this.#done(attempt, {
            kind: 'refused',
            status: answer.status,
            errors: words(answer),
          });
        case 'tooLarge':
          return this.#done(attempt, { kind: 'tooLarge', errors: words(answer) });
        case 'gone':
        case 'fatal':
          return notSent('unreachable', answer.message);
        case 'aborted':
          return this.#halted();
        case 'lost':
          if (!lost) this.#strays.push(task.actions);
          lost = true;
          break;
        case 'busy':
        case 'later':
      }
      if (patience.over(tries) && answer.kind !== 'busy')
        return notSent('unreachable', answer.message);
      await this.#wait(tries);
    }
  }

  /** Throws a draft away. Gives the batch where it turns out to be confirmed. */
  async withdraw(attempt: Attempt, id: string, uncertain: boolean): Promise<Verdict | ServerBatch> {
    const { calls, log, signal } = this.#set;
    for (let tries = 1; tries <= 3 && !signal.aborted && !log.broken; tries += 1) {
      const answer = await calls.discard(id);
      if (answer.ok || answer.kind === 'gone') {
        await log.write({ type: 'discard', ...key(attempt) });
        return this.#halted();
      }
      const seen = answer.kind === 'refused' ? await calls.read(id) : undefined;
      if (seen?.ok && seen.value.confirmed) return seen.value;
      await this.#wait(tries);
    }
    // It may be confirmed yet, by a request that was slow.
    return uncertain ? unknown('lost', id) : this.#halted();
  }

  settle(piece: Piece, verdict: Verdict): Settled {
    const { conditions, dialect } = this.#set;
    return settle(piece, verdict, { onError: conditions.onError, failure: dialect.failure });
  }

  look(): void {
    this.#set.poller.look();
  }

  /** Throws away drafts of which the answer was lost and that nobody needed. */
  async tidy(): Promise<void> {
    const { calls, signal } = this.#set;
    if (this.#strays.length === 0 || signal.aborted) return;
    const listed = await calls.list();
    if (!listed.ok) return;
    const strays = listed.value.filter(
      (batch) =>
        this.#isFree(batch) && this.#strays.some((actions) => sameActions(batch.actions, actions)),
    );
    await Promise.all(strays.map(({ id }) => calls.discard(id)));
  }

  /** Confirms and waits for the end; `again` where it has to queue or to make another draft. */
  async #execute(attempt: Attempt, id: string, task: Task): Promise<Verdict | 'again'> {
    const { log } = this.#set;
    // Whether an earlier confirmation may have arrived.
    const uncertain = attempt.confirming;
    if (!uncertain) await log.write({ type: 'confirm', ...key(attempt) });
    const confirmed = await this.#confirm(attempt, id, uncertain);
    if (confirmed === 'again') return 'again';
    if ('kind' in confirmed) return this.#done(attempt, confirmed);
    return this.#watch(attempt, confirmed, task);
  }

  async #watch(attempt: Attempt, batch: ServerBatch, task: Task): Promise<Verdict> {
    task.started?.(batch.id);
    const result = hasEnded(batch) ? batch : await this.#set.poller.watch(batch.id);
    if (typeof result === 'string') return unknown(result, batch.id);
    return this.#done(attempt, verdictOf(result));
  }

  async #confirm(
    attempt: Attempt,
    id: string,
    before: boolean,
  ): Promise<ServerBatch | Verdict | 'again'> {
    const { calls, window, halt, log } = this.#set;
    const patience = this.#patience();
    let uncertain = before;
    let missing = 0;
    for (let tries = 1; ; tries += 1) {
      const seen = uncertain ? await calls.read(id) : undefined;
      if (seen?.ok && seen.value.confirmed) return seen.value;
      if (halt.aborted && (!uncertain || seen?.ok)) return this.withdraw(attempt, id, uncertain);
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
          if (missing <= tolerance) break;
          if (uncertain) return unknown('vanished', id);
          await log.write({ type: 'discard', ...key(attempt) });
          return 'again';
        case 'tooLarge':
        case 'refused':
        case 'fatal':
          return this.#refusedToConfirm(attempt, id, uncertain, trouble);
        case 'aborted':
          return uncertain || trouble.acted ? unknown('aborted', id) : this.#halted();
      }
      // Others may keep us waiting for as long as they like.
      if (patience.over(tries) && trouble.kind !== 'busy') {
        return uncertain
          ? unknown('lost', id, trouble.message)
          : notSent('unreachable', trouble.message);
      }
      await this.#wait(tries);
    }
  }

  /** A confirmation may be refused because the batch is confirmed already. */
  async #refusedToConfirm(
    attempt: Attempt,
    id: string,
    uncertain: boolean,
    trouble: Trouble,
  ): Promise<ServerBatch | Verdict> {
    const seen = await this.#set.calls.read(id);
    if (seen.ok && seen.value.confirmed) return seen.value;
    if (uncertain && !seen.ok) return unknown('lost', id, trouble.message);
    if (trouble.kind === 'fatal') return notSent('unreachable', trouble.message);
    await this.withdraw(attempt, id, false);
    return { kind: 'refused', status: trouble.status, errors: words(trouble) };
  }

  /** The id of a draft that has these actions and belongs to nobody. */
  async #find(actions: readonly object[]): Promise<string | undefined> {
    for (let tries = 1; tries <= 3 && !this.#set.signal.aborted; tries += 1) {
      const listed = await this.#set.calls.list();
      if (listed.ok) {
        return listed.value.find(
          (batch) => this.#isFree(batch) && sameActions(batch.actions, actions),
        )?.id;
      }
      await this.#wait(tries);
    }
    // Another draft does no harm: only one will be confirmed.
    return undefined;
  }

  #isFree(batch: ServerBatch): boolean {
    return !batch.confirmed && !hasEnded(batch) && !this.#claimed.has(batch.id);
  }

  async #keep(attempt: Attempt, id: string): Promise<undefined> {
    this.#claimed.add(id);
    await this.#set.log.write({ type: 'draft', ...key(attempt), id });
  }

  async #done(attempt: Attempt, verdict: Verdict): Promise<Verdict> {
    if (!isFinal(verdict)) return verdict;
    attempt.verdict = verdict;
    // A verdict that could not be written down is asked for again when the run is resumed.
    await this.#set.log.write({ type: 'done', ...key(attempt), verdict }).catch(() => {});
    return verdict;
  }

  #halted(): Verdict {
    // Whoever aborts it gives the reason.
    return notSent(this.#set.halt.reason as SkipReason);
  }

  /** Tells when enough was tried: for long enough, and often enough. */
  #patience(): { over(tries: number): boolean } {
    const { clock, patience } = this.#set;
    const end = clock.now() + patience;
    return { over: (tries) => clock.now() > end && tries > tolerance };
  }

  #wait(tries: number): Promise<void> {
    return this.#set.clock.sleep(backOff(tries), this.#set.signal);
  }
}

const notConfirmed: Trouble = {
  kind: 'later',
  message: 'the server took the confirmation, and shows the batch as not confirmed',
};

function key({ batch, attempt }: Attempt): { readonly batch: number; readonly attempt: number } {
  return { batch, attempt };
}

function notSent(reason: SkipReason, message?: string): Verdict {
  return { kind: 'notSent', reason, message };
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
