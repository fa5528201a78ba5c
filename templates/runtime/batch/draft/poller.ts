import { hasEnded, type ServerBatch } from '../outcome/batch-result.js';
import type { BatchSlots } from '../pace/batch-slots.js';
import type { Clock } from '../pace/clock.js';
import { onAbort } from '../../transport/on-abort.js';
import type { DurationEstimate } from '../pace/duration-estimate.js';
import { consistentAfter, type ReadLag } from '../pace/read-lag.js';
import { backOff } from '../pace/retry-deadline.js';
import type { DraftApi } from './draft-api.js';
import { type GivenUp, isEarly, isSoon, type Watched } from './watched.js';

/** Looks that fail or find nothing, before they are believed: lists lag behind, servers restart. */
const tolerance = 8;
/** Batches in a list from which on it costs more than reading each of ours. */
const longList = 40;
/** Batches that are rather read by themselves, while others were seen lately. */
const few = 2;
/** Looks at one batch that fail before all batches are asked for. */
const missesBeforeHistory = 2;
/** Milliseconds between two looks at all batches. */
const historyPause = 3_000;
/** Fails are waited for no longer than after so many. */
const mostBackOff = 4;
/** Milliseconds after which the answer to a look counts as slow. */
const slow = 5_000;
/** As how much of its time a batch counts that no look saw running: it may have ended long before. */
const unseen = 0.8;

/**
 * Waits for confirmed batches to end. One list shows all of them, and those of other applications; a
 * batch that the list lacks is read by itself. A look that fails is made again later.
 */
export class Poller {
  /** Called whenever batches may have ended. */
  readonly listeners: Set<() => void> = new Set();
  readonly #api: DraftApi;
  readonly #clock: Clock;
  readonly #slots: BatchSlots;
  readonly #durations: DurationEstimate;
  readonly #lag: ReadLag;
  readonly #timeout: number;
  readonly #placeTimeout: number;
  readonly #signal: AbortSignal;
  readonly #watched = new Map<string, Watched>();
  /** Ids of ours that hold a place in the window. */
  readonly #own = new Set<string>();
  #failures = 0;
  /** Whether the last batch that was read by itself has come. */
  #readable = true;
  #nextList = 0;
  /** Until when the last list tells enough of batches that are not due; 0 where it no longer does. */
  #freshUntil = 0;
  #nextHistory = 0;
  /** Since when foreign batches keep ours waiting. */
  #crowdedSince: number | undefined;
  #looping = false;
  #wake = new AbortController();

  constructor(setting: {
    readonly api: DraftApi;
    readonly clock: Clock;
    readonly slots: BatchSlots;
    readonly durations: DurationEstimate;
    readonly lag: ReadLag;
    /** Milliseconds after which a batch is given up. */
    readonly timeout: number;
    /** Milliseconds after which a place is given up that others hold. */
    readonly placeTimeout: number;
    readonly signal: AbortSignal;
  }) {
    this.#api = setting.api;
    this.#clock = setting.clock;
    this.#slots = setting.slots;
    this.#durations = setting.durations;
    this.#lag = setting.lag;
    this.#timeout = setting.timeout;
    this.#placeTimeout = setting.placeTimeout;
    this.#signal = setting.signal;
    onAbort(this.#signal, () => this.#abort());
  }

  /** A batch that is not counted as somebody else's. */
  claim(id: string): void {
    this.#own.add(id);
  }

  release(id: string): void {
    this.#own.delete(id);
  }

  /** Waits until a batch has ended, or is given up. */
  watch(id: string): Promise<ServerBatch | GivenUp> {
    if (this.#signal.aborted) return Promise.resolve('aborted');
    return new Promise((resolve, reject) => {
      const since = this.#clock.now();
      const { due, usual } = this.#durations.looks(since);
      const end = (result: ServerBatch | GivenUp): void => {
        this.#watched.delete(id);
        resolve(result);
      };
      const fail = (error: unknown): void => {
        this.#watched.delete(id);
        reject(error);
      };
      this.#watched.set(id, { id, since, due, usual, misses: 0, gone: 0, planned: due, end, fail });
      this.stir();
    });
  }

  /** Looks at everything soon: something may have ended just now. */
  look(): void {
    const now = this.#clock.now();
    for (const one of this.#watched.values()) one.due = one.usual = one.seen = now;
    this.#nextList = 0;
    this.stir();
  }

  /** Thinks again about when to look: something has changed. */
  stir(): void {
    // Without a reason, an error is made each time that nothing reads.
    this.#wake.abort('stirred');
    if (this.#looping) return;
    this.#looping = true;
    void this.#loop();
  }

  async #loop(): Promise<void> {
    while (!this.#signal.aborted) {
      const due = this.#due();
      if (due === undefined) break;
      const wait = due - this.#clock.now();
      if (wait <= 0) {
        await this.#lookNow();
        continue;
      }
      this.#wake = new AbortController();
      await this.#clock.sleep(wait, this.#wake.signal);
    }
    this.#looping = false;
  }

  /** When the next look is due; undefined where there is nothing to look for. */
  #due(): number | undefined {
    const times = [...this.#watched.values()].map(({ due }) => due);
    if (this.#slots.crowdedOut) {
      this.#crowdedSince ??= this.#clock.now();
      times.push(this.#nextList);
    } else this.#crowdedSince = undefined;
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Looks, and does not wait for an answer that is slow: another look may be faster. */
  async #lookNow(): Promise<void> {
    this.listeners.forEach((listener) => listener());
    const impatience = new AbortController();
    await Promise.race([
      this.#look().finally(() => impatience.abort('looked')),
      this.#clock.sleep(slow, impatience.signal),
    ]);
  }

  async #look(): Promise<void> {
    const now = this.#clock.now();
    try {
      if (this.#prefersList(now)) await this.#list();
      else {
        await this.#readDue(now);
        if (this.#freshUntil === 0 && this.#prefersList(now)) await this.#list();
      }
    } catch (error) {
      for (const one of this.#watched.values()) one.fail(error);
    }
  }

  /** A list is worth it where it is not long because of many drafts, and shows more than a few that are due soon. */
  #prefersList(now: number): boolean {
    if (this.#slots.crowdedOut) return true;
    const isUsable = this.#failures === 0 || this.#nextList <= now;
    if (this.#watched.size <= 1 || this.#api.listed > longList || !isUsable) return false;
    if (now >= this.#freshUntil || !this.#readable) return true;
    const pause = this.#durations.pause(0);
    const soon = [...this.#watched.values()].filter((one) => isSoon(one, now, pause)).length;
    return soon > few || soon === this.#watched.size;
  }

  async #list(): Promise<void> {
    const asked = this.#clock.now();
    const answer = await this.#api.list();
    const now = this.#clock.now();
    if (!answer.ok) {
      this.#failures += 1;
      this.#nextList = now + backOff(this.#failures);
      this.#slots.unseen(now, this.#timeout);
      this.#slots.starve(now, this.#placeTimeout);
      // What the list does not show, a batch by itself may.
      return this.#readDue(now);
    }
    this.#failures = 0;
    this.#nextList = now + this.#durations.pause(now - (this.#crowdedSince ?? now), 12);
    this.#freshUntil = asked + this.#durations.early;
    const open = answer.value.filter((batch) => batch.confirmed && !hasEnded(batch));
    const running = new Set(open.map(({ id }) => id));
    this.#slots.observe([...running].filter((id) => !this.#own.has(id)).length);
    this.#slots.starve(now, this.#placeTimeout);
    const watched = [...this.#watched.values()];
    for (const one of watched) if (running.has(one.id)) this.#stillRuns(one, asked);
    // One that was asked for in vain has to wait for its turn.
    const isDue = ({ misses, due }: Watched): boolean => misses === 0 || due <= now;
    await this.#readAll(watched.filter((one) => !running.has(one.id) && isDue(one)));
  }

  async #readDue(now: number): Promise<void> {
    await this.#readAll([...this.#watched.values()].filter((one) => one.due <= now));
  }

  async #readAll(some: readonly Watched[]): Promise<void> {
    await Promise.all(some.map((one) => this.#read(one)));
  }

  async #read(one: Watched): Promise<void> {
    const asked = this.#clock.now();
    this.#readable = false;
    const answer = await this.#api.read(one.id);
    const now = this.#clock.now();
    this.#readable = answer.ok;
    // Two looks may have overlapped.
    if (!this.#watched.has(one.id)) return;
    if (answer.ok) return this.#show(one, answer.value, asked);
    if (isEarly(one, asked)) return void (one.due = one.planned = one.usual);
    one.gone = answer.kind === 'gone' ? one.gone + 1 : 0;
    if (one.gone === 1) one.goneSince = now;
    this.#missed(one, now + backOff(Math.min(one.misses + 1, mostBackOff)));
    if (one.misses >= missesBeforeHistory) await this.#lookBack(asked);
    // Replicas that lag behind may not know it yet, however often they are asked.
    const isSure = one.gone > tolerance && now - (one.goneSince ?? now) >= consistentAfter;
    if (isSure && this.#watched.has(one.id)) one.end('vanished');
  }

  /** A look that was asked for at `asked` shows a batch. */
  #show(one: Watched, batch: ServerBatch, asked: number): void {
    const now = this.#clock.now();
    if (!hasEnded(batch)) {
      if (!batch.confirmed) this.#lag.note(asked - one.since);
      return this.#stillRuns(one, asked);
    }
    // By when looks were asked for, as the next is timed by it. After a gap between looks it is not known.
    const { since, seen } = one;
    const took = seen === undefined ? unseen * (asked - since) : (seen + asked) / 2 - since;
    if (now - one.planned <= slow) this.#durations.add(took);
    // Where an early look shows an end, others may have ended.
    if (asked < one.usual) this.#freshUntil = 0;
    one.end(batch);
  }

  /** Batches cannot be read by themselves, so all that the server remembers are asked for. */
  async #lookBack(asked: number): Promise<void> {
    if (this.#clock.now() < this.#nextHistory) return;
    this.#nextHistory = Infinity;
    const answer = await this.#api.history();
    this.#nextHistory = this.#clock.now() + historyPause;
    if (!answer.ok) return;
    for (const batch of answer.value) {
      const one = this.#watched.get(batch.id);
      if (one && one.misses > 0) this.#show(one, batch, asked);
    }
  }

  /** A look that was asked for at `asked` shows that the batch has not ended. */
  #stillRuns(one: Watched, asked: number): void {
    one.misses = 0;
    one.gone = 0;
    // An early look tells little of how long it takes.
    if (isEarly(one, asked)) one.due = one.usual;
    else one.seen = asked;
    // Judged by when the look began: after a pause of this machine the first one may have a lot to show.
    if (asked - one.since > this.#timeout) return one.end('timeout');
    const now = this.#clock.now();
    one.due = Math.max(one.due, now + this.#durations.pause(now - one.since));
    one.planned = one.due;
  }

  /** A look has failed; the next is at `later`. */
  #missed(one: Watched, later: number): void {
    one.misses += 1;
    one.due = Math.max(one.due, later);
    const now = this.#clock.now();
    if (now - one.since <= this.#timeout) return;
    // After a pause of this machine it gets its looks all the same, unless each has to wait for long.
    one.late ??= now;
    if (one.misses > tolerance || now - one.late > this.#timeout) one.end('timeout');
  }

  #abort(): void {
    this.#wake.abort();
    for (const one of this.#watched.values()) one.end('aborted');
  }
}
