import { member, sameBody } from '../outcome/attribute-error.js';
import { hasEnded, type Calls, type ServerBatch } from './draft-api.js';
import type { Means, Task } from '../run/executor.js';
import { keyOf, type Attempt } from '../journal/run-state.js';
import { Patience } from '../pace/limits.js';
import { words } from '../pace/request-failure.js';
import { halted, notSent, unknown, type Verdict } from '../outcome/batch-result.js';
import { trim } from '../action/wire.js';

/** Makes drafts, finds them again when answers were lost, and throws them away. */
export class Submission {
  readonly #calls: Calls;
  readonly #means: Means;
  /** Drafts that belong to an attempt. */
  readonly #claimed = new Set<string>();
  /** Actions of drafts that may exist although their answers were lost. */
  readonly #strays: (readonly object[])[] = [];

  constructor(calls: Calls, means: Means) {
    this.#calls = calls;
    this.#means = means;
    // Drafts that a journal tells of: no other attempt takes them.
    for (const id of means.log.ids()) this.#claimed.add(id);
  }

  /** Makes the draft. Gives a verdict only where there will be none. */
  async submit(task: Task): Promise<Verdict | undefined> {
    const { log, halt, callback } = this.#means;
    const attempt = log.attempt(task.batch, task.attempt);
    const patience = new Patience(this.#means);
    let lost = attempt.submitted;
    if (lost) this.#strays.push(task.actions);
    for (let tries = 1; ; tries += 1) {
      if (halt.aborted) return halted(halt);
      const found = lost ? await this.#find(task.actions) : undefined;
      if (found !== undefined) return this.#keep(attempt, found);
      if (!attempt.submitted) await log.write({ type: 'submit', ...keyOf(attempt) });
      const answer = await this.#calls.create(task.actions, task.synchronous, callback);
      if (answer.ok) {
        // Another attempt with the same actions may have found this draft before its answer came.
        if (!this.#claimed.has(answer.value.id)) return this.#keep(attempt, answer.value.id);
        continue;
      }
      switch (answer.kind) {
        case 'refused':
          return log.settle(attempt, {
            kind: 'refused',
            status: answer.status,
            errors: words(answer),
          });
        case 'tooLarge':
          return log.settle(attempt, { kind: 'tooLarge', errors: words(answer) });
        case 'gone':
        case 'fatal':
          return notSent('unreachable', answer.message);
        case 'aborted':
          return halted(halt);
        case 'lost':
          if (!lost) this.#strays.push(task.actions);
          lost = true;
          break;
        case 'busy':
        case 'later':
      }
      if (patience.over(tries) && answer.kind !== 'busy')
        return notSent('unreachable', answer.message);
      await patience.wait(tries);
    }
  }

  /** Throws a draft away. Gives the batch where it turns out to be confirmed. */
  async withdraw(attempt: Attempt, id: string, uncertain: boolean): Promise<Verdict | ServerBatch> {
    const { log, signal, halt } = this.#means;
    const patience = new Patience(this.#means);
    for (let tries = 1; tries <= 3 && !signal.aborted && !log.broken; tries += 1) {
      const answer = await this.#calls.discard(id);
      if (answer.ok || answer.kind === 'gone') {
        await log.write({ type: 'discard', ...keyOf(attempt) });
        return halted(halt);
      }
      const seen = answer.kind === 'refused' ? await this.#calls.read(id) : undefined;
      if (seen?.ok && seen.value.confirmed) return seen.value;
      await patience.wait(tries);
    }
    // It may be confirmed yet, by a request that was slow.
    return uncertain ? unknown('lost', id) : halted(halt);
  }

  /** Throws away drafts whose answer was lost and that are not needed. */
  async tidy(): Promise<void> {
    const { signal } = this.#means;
    if (this.#strays.length === 0 || signal.aborted) return;
    const listed = await this.#calls.list();
    if (!listed.ok) return;
    const strays = listed.value.filter(
      (batch) =>
        this.#isFree(batch) && this.#strays.some((actions) => sameActions(batch.actions, actions)),
    );
    await Promise.all(strays.map(({ id }) => this.#calls.discard(id)));
  }

  /** The id of a draft that has these actions and is not in use. */
  async #find(actions: readonly object[]): Promise<string | undefined> {
    const patience = new Patience(this.#means);
    for (let tries = 1; tries <= 3 && !this.#means.signal.aborted; tries += 1) {
      const listed = await this.#calls.list();
      if (listed.ok) {
        return listed.value.find(
          (batch) => this.#isFree(batch) && sameActions(batch.actions, actions),
        )?.id;
      }
      await patience.wait(tries);
    }
    // Another draft does no harm: only one will be confirmed.
    return undefined;
  }

  #isFree(batch: ServerBatch): boolean {
    return !batch.confirmed && !hasEnded(batch) && !this.#claimed.has(batch.id);
  }

  async #keep(attempt: Attempt, id: string): Promise<undefined> {
    this.#claimed.add(id);
    await this.#means.log.write({ type: 'draft', ...keyOf(attempt), id });
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
