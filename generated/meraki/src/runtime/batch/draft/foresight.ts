// @ts-nocheck
import type { Clock } from '../pace/clock.js';
import { consistentAfter } from '../pace/read-lag.js';

/**
 * What has to be done before a draft is confirmed, such as looking at what it will change. It begins
 * while the draft waits for its place, and counts only while it is as fresh as any read can be.
 */
export class Foresight {
  readonly #clock: Clock;
  readonly #before: () => Promise<void>;
  #begun: { readonly at: number; readonly done: Promise<void> } | undefined;

  constructor(clock: Clock, before: () => Promise<void>) {
    this.#clock = clock;
    this.#before = before;
  }

  /** A place may soon be free. */
  begin(): void {
    if (this.#begun) return;
    const done = this.#before();
    this.#begun = { at: this.#clock.now(), done };
    // It is for `finish` to say.
    done.catch(() => {});
  }

  /** The place is there. */
  async finish(): Promise<void> {
    const begun = this.#begun;
    if (begun && this.#clock.now() - begun.at <= consistentAfter) return begun.done;
    // Two at a time could be written down in the wrong order.
    await begun?.done;
    await this.#before();
  }
}
