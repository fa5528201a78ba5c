import type { Random } from '../random.ts';
import type { ActionBatches } from './action-batches.ts';
import type { WireAction } from './organization.ts';

interface Slot {
  /** When something happens next. */
  at: number;
}

/** Other applications of the same organization: they run batches, and make drafts that equal ours. */
export class Others {
  readonly #batches: ActionBatches;
  readonly #random: Random;
  readonly #slots: readonly Slot[];
  /** Drafts that they take back. */
  readonly #drafts: { readonly id: string; readonly until: number }[] = [];

  constructor(batches: ActionBatches, random: Random, count: number) {
    this.#batches = batches;
    this.#random = random;
    this.#slots = Array.from({ length: count }, () => ({ at: random() * 10_000 }));
  }

  /** Does what is due until now. */
  advance(now: number): void {
    for (;;) {
      const next = this.#slots.toSorted((a, b) => a.at - b.at)[0];
      if (!next || next.at > now) break;
      this.#batches.advance(next.at);
      this.#begin(next);
    }
    while (this.#drafts[0] && this.#drafts[0].until <= now) {
      const { id, until } = this.#drafts.shift()!;
      if (this.#batches.isDraft(id)) this.#batches.remove(id, until);
    }
  }

  /** Another process makes the same draft, and throws it away a minute later. */
  draft(actions: readonly WireAction[], now: number): void {
    this.#drafts.push({ id: this.#batches.make(actions, 'others', now), until: now + 60_000 });
  }

  #begin(slot: Slot): void {
    const ms = 5_000 + this.#random() * 40_000;
    const id = this.#batches.make([], 'others', slot.at);
    if (this.#batches.start(id, slot.at, ms)) {
      slot.at += ms + this.#random() * 20_000;
      return;
    }
    this.#batches.remove(id, slot.at);
    slot.at += 1_000;
  }
}
