// @ts-nocheck
import type { Batch, Plan } from './client-batch.js';

/** What of a journal is needed here: the client has more of it. */
interface Journal {
  open(): Promise<readonly Entry[]>;
  append(entry: Entry): Promise<void>;
  close(): Promise<void>;
}

/** An entry of a journal; `images` are those of an entry `before`, by the place of the action in its plan. */
interface Entry {
  readonly type: string;
  readonly images?: readonly (readonly [index: number, image: Image])[];
}

interface Image {
  readonly state: string;
  readonly members?: Readonly<Record<string, unknown>>;
}

/** What rows were before they changed, without secrets, as the journal of their run has it. */
export class OldValues {
  readonly #shownBy: Batch['shownBy'];
  readonly #plan: Plan;
  readonly #texts = new Map<number, string>();

  constructor({ shownBy }: Batch, plan: Plan) {
    this.#shownBy = shownBy;
    this.#plan = plan;
  }

  /** A journal that does the same, and whose entries are looked at on their way. */
  noting(journal: object): object {
    if (!this.#shownBy) return journal;
    // The client made it: what has old values has a journal of the client.
    const inner = journal as Journal;
    return {
      open: async () => {
        const entries = await inner.open();
        for (const entry of entries) this.#note(entry);
        return entries;
      },
      append: async (entry: Entry) => {
        await inner.append(entry);
        this.#note(entry);
      },
      close: () => inner.close(),
    };
  }

  /** The old values of a row as JSON; empty where nothing was there, or nothing was read. */
  of(index: number): string {
    return this.#texts.get(index) ?? '';
  }

  #note({ type, images = [] }: Entry): void {
    if (type !== 'before') return;
    for (const [index, { members }] of images) {
      const shown = members && this.#shownBy?.(this.#plan, members);
      this.#texts.set(index, shown ? JSON.stringify(shown) : '');
    }
  }
}
