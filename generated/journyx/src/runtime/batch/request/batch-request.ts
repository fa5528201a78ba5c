import { retryAfter } from '../../transport/retry-after.js';
import type { RequestWire } from '../action/action.js';
import type { ServerResult } from './codec.js';
import { JournalError } from '../journal/journal.js';
import type { Means, Task } from '../run/executor.js';
import type { Attempt } from '../journal/run-state.js';
import type { SkipReason } from '../outcome/outcome.js';
import { readBack } from './read-back.js';
import type { Endpoint, RequestDialect } from './request-protocol.js';
import { backOff } from '../pace/limits.js';
import type { Reply, Sender } from './send-batch.js';
import { Tally, unknown, type Entry } from './pending.js';
import { words, type Trouble } from '../pace/request-failure.js';
import type { Verdict } from '../outcome/batch-result.js';
import type { Versions } from './version.js';

export interface Parts {
  readonly dialect: RequestDialect;
  readonly means: Means;
  readonly sender: Sender;
  /** Absent where the dialect has no version. */
  readonly versions: Versions | undefined;
}

/**
 * The life of one batch: it is sent, and what is left of it is sent again, until each action has its
 * result. A change of which the answer was lost is sent again only where a fence keeps it from being
 * applied twice.
 */
export class Exchange {
  readonly #parts: Parts;
  readonly #attempt: Attempt;
  readonly #endpoint: Endpoint;
  readonly #tally: Tally;
  /** The version that a lost request named: it is named again, so that the server refuses what it did. */
  #told: string | undefined;
  /** Milliseconds to wait before the next request, where it is known. */
  #wait: number | undefined;

  constructor(parts: Parts, task: Task) {
    this.#parts = parts;
    this.#attempt = parts.means.log.attempt(task.batch, task.attempt);
    this.#endpoint = endpointFor(parts.dialect, task.actions[0] as RequestWire);
    this.#tally = new Tally(task, this.#attempt, (wire) => hasFence(this.#endpoint, wire));
    if (this.#tally.open.some(({ isLost }) => isLost)) this.#told = this.#attempt.version;
  }

  async run(): Promise<Verdict> {
    const { clock, halt, signal, patience, log } = this.#parts.means;
    const tally = this.#tally;
    const end = clock.now() + patience;
    for (let tries = 1; ; tries += 1) {
      if (signal.aborted) tally.giveUp('aborted', undefined);
      // Whoever aborts it gives the reason.
      else if (halt.aborted) tally.skip(halt.reason as SkipReason);
      const { open } = tally;
      if (open.length === 0) break;
      this.#wait = undefined;
      const trouble = await this.#send(open);
      if (typeof trouble === 'object') return trouble;
      await tally.note(log);
      if (tally.open.length === 0) break;
      if (clock.now() > end) tally.giveUp('unreachable', trouble ?? 'the server did not get to it');
      else await clock.sleep(this.#wait ?? backOff(tries), signal);
    }
    await tally.note(log);
    return tally.verdict();
  }

  /** One request. Gives what went wrong, or a verdict where there is one for the whole batch. */
  async #send(open: readonly Entry[]): Promise<Verdict | string | undefined> {
    const { means, sender } = this.#parts;
    const { batch, attempt } = this.#attempt;
    let version: string | undefined;
    try {
      version = this.#told ?? (await this.#version());
      const places = open.map(({ place }) => place);
      await means.log.write({ type: 'send', batch, attempt, places, version });
    } catch (error) {
      // What could not be written down is not sent.
      const reason = error instanceof JournalError ? 'journal' : 'unreachable';
      this.#tally.giveUp(reason, error instanceof Error ? error.message : String(error));
      return undefined;
    }
    if (version !== undefined) for (const entry of open) entry.isFenced = true;
    const reply = await sender.send({
      endpoint: this.#endpoint,
      wires: open.map(({ wire }) => wire),
      after: this.#after(open),
      version,
    });
    const trouble = await this.#take(open, reply, version);
    this.#told = this.#tally.open.some(({ isLost }) => isLost) ? version : undefined;
    return trouble;
  }

  async #take(
    open: readonly Entry[],
    reply: Reply,
    version: string | undefined,
  ): Promise<Verdict | string | undefined> {
    switch (reply.kind) {
      case 'results':
        await this.#takeResults(open, reply.results, version);
        return undefined;
      case 'rolledBack':
        this.#rollBack(open, reply);
        return undefined;
      case 'stale':
        await this.#takeStale(open, reply, version);
        return reply.message;
      case 'trouble':
        return this.#suffer(open, reply.trouble);
    }
  }

  /** What to tell the server. */
  #version(): Promise<string | undefined> {
    const { versions } = this.#parts;
    return this.#endpoint.fence?.kind === 'version' && versions
      ? versions.present()
      : Promise.resolve(undefined);
  }

  /**
   * Which actions the server is to wait for. Where the order of two matters, all are put in sequence: not
   * every server understands a batch that is neither that nor wholly parallel.
   */
  #after(open: readonly Entry[]): readonly (readonly number[])[] {
    if (this.#endpoint.action.after === undefined) return [];
    const places = new Set(open.map(({ place }) => place));
    const { ordered } = this.#parts.means.conditions;
    const bound = open.some(({ follows }) => follows.some((place) => places.has(place)));
    return ordered || bound ? open.map((_, index) => (index === 0 ? [] : [index - 1])) : [];
  }

  async #takeResults(
    open: readonly Entry[],
    results: readonly (ServerResult | undefined)[],
    version: string | undefined,
  ): Promise<void> {
    const { dialect, versions, means } = this.#parts;
    const { onError } = means.conditions;
    const missing: Entry[] = [];
    const suspect: Entry[] = [];
    const doubtful: Entry[] = [];
    const notTried: Entry[] = [];
    for (const [index, entry] of open.entries()) {
      const result = results[index];
      if (!result) missing.push(entry);
      else if (dialect.notTried.includes(result.status)) notTried.push(entry);
      else if (isSuspect(this.#endpoint, entry, result)) suspect.push(entry);
      else if (isDoubtful(this.#endpoint, entry, result)) doubtful.push(entry);
      else this.#settle(entry, result);
    }
    const cause = open.find(({ result }) => result?.kind === 'failed')?.place;
    if (this.#endpoint.errors?.[onError]?.cuts && cause !== undefined) {
      for (const entry of missing) entry.result = { kind: 'skipped', reason: 'stopped', cause };
    } else {
      this.#tally.lose(missing);
    }
    this.#tally.skipDependents(notTried);
    await this.#look(suspect, 'suspect');
    await this.#look(doubtful, 'lost');
    const applied = open.filter(({ result }) => result?.kind === 'applied').length;
    if (version !== undefined) versions?.applied(applied);
    if (onError !== 'continue' && cause !== undefined) this.#tally.skip('stopped', cause);
    // The server answered, so those that it did not try can be sent at once.
    if (notTried.length > 0 && notTried.length < open.length) this.#wait ??= 0;
  }

  #settle(entry: Entry, { status, body, headers, errors }: ServerResult): void {
    const { throttled, hooks } = this.#parts.dialect;
    if (throttled.includes(status)) {
      const asked = retryAfter(new Headers({ 'Retry-After': headers['retry-after'] ?? '' }));
      this.#wait = Math.max(this.#wait ?? 0, asked ?? backOff(1));
      return;
    }
    if (status < 400) {
      const value = hooks?.value ? hooks.value(body) : body;
      entry.result = { kind: 'applied', value, answer: { status, headers } };
      return;
    }
    // A gateway does not know what became of the request behind it.
    if (status === 502 || status === 504 || (status === 503 && entry.isRead)) {
      this.#tally.lose([entry]);
      return;
    }
    entry.result = { kind: 'failed', status, errors };
  }

  #rollBack(open: readonly Entry[], { status, errors }: Reply & { kind: 'rolledBack' }): void {
    const { blame } = this.#endpoint.rollback ?? {};
    const named = new Set(errors.flatMap((text) => blame?.exec(text)?.[1] ?? []));
    const fits = open.filter(({ wire }) => wire.url.split('/').some((one) => named.has(one)));
    const guilty = open.length === 1 ? open : fits;
    const candidates = guilty.map(({ place }) => place);
    for (const entry of open) {
      entry.result =
        candidates.length === 1 && entry === guilty[0]
          ? { kind: 'failed', status, errors }
          : { kind: 'rolledBack', status, errors, candidates };
    }
  }

  /** The version has been raised: by a lost request of ours, or by somebody else. */
  async #takeStale(
    open: readonly Entry[],
    { status, message }: Reply & { kind: 'stale' },
    version: string | undefined,
  ): Promise<void> {
    const { versions } = this.#parts;
    const lost = open.filter(({ isLost }) => isLost);
    if (lost.length > 0) {
      versions?.applied(lost.length);
      await this.#look(lost, 'lost');
      return;
    }
    if (versions?.renewable) return;
    for (const entry of open) {
      entry.result = { kind: 'skipped', reason: 'stale', status, message, version };
    }
  }

  #suffer(open: readonly Entry[], trouble: Trouble): Verdict | string | undefined {
    const errors = words(trouble);
    const { status, message } = trouble;
    switch (trouble.kind) {
      case 'busy':
      case 'later':
        return message;
      case 'lost':
        this.#tally.lose(open);
        return message;
      case 'refused':
      case 'tooLarge':
        if (open.length === this.#tally.entries.length && !open.some(({ isLost }) => isLost)) {
          const { kind } = trouble;
          return kind === 'refused' ? { kind, status, errors } : { kind, errors };
        }
        for (const entry of open) entry.result = { kind: 'failed', status, errors };
        return message;
      case 'gone':
      case 'fatal':
        this.#tally.giveUp('unreachable', message);
        return message;
      case 'aborted':
        if (trouble.acted) for (const entry of open) entry.isLost = !entry.isRead;
        this.#tally.giveUp('aborted', undefined);
        return message;
    }
  }

  /** Finds out by reading what became of these. */
  async #look(entries: readonly Entry[], reason: 'lost' | 'suspect'): Promise<void> {
    if (entries.length === 0) return;
    const { dialect, means, sender } = this.#parts;
    const looks = await readBack(dialect, means, sender, entries);
    const isWhole =
      means.conditions.onError === 'rollback' &&
      entries.length === this.#tally.entries.length &&
      looks.every(({ holds }) => holds);
    for (const [index, entry] of entries.entries()) {
      const look = looks[index]!;
      const proves = isWhole || !isRemoval(entry) || hasFence(this.#endpoint, entry.wire);
      entry.result =
        look.holds && proves ? { kind: 'applied', value: look.value } : unknown(reason);
    }
  }
}

/** What is not there may never have been there, unless an ETag of it is at hand. */
function isRemoval({ wire }: Entry): boolean {
  return wire.method.toUpperCase() === 'DELETE';
}

function endpointFor({ endpoints }: RequestDialect, { method }: RequestWire): Endpoint {
  // The planner refuses methods that no endpoint takes.
  return endpoints.find(({ methods }) => methods.includes(method.toUpperCase()))!;
}

/** Whether an action brings what keeps it from being applied twice. */
function hasFence({ fence }: Endpoint, { headers = [] }: RequestWire): boolean {
  if (fence?.kind !== 'header') return false;
  return headers.some(([name]) => name.toLowerCase() === fence.name.toLowerCase());
}

/** Whether a success is none to be relied on. */
function isSuspect({ results }: Endpoint, { wire }: Entry, { status }: ServerResult): boolean {
  return wire.body !== undefined && (results.suspect ?? []).includes(status);
}

/** Whether a refusal may be due to an earlier request of ours. */
function isDoubtful({ fence }: Endpoint, { isLost }: Entry, { status }: ServerResult): boolean {
  if (!isLost) return false;
  const isStale = fence?.kind === 'header' && status === fence.status;
  return isStale || status === 404 || status === 410;
}
