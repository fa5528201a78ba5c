import type { Created, WireAction } from './organization.ts';

/** Who asked for a change. */
export type Party = 'ours' | 'others';

/** One time that an action took effect. */
export interface Effect {
  /** Counts all effects, in the order in which they came. */
  readonly serial: number;
  readonly resource: string;
  readonly created: Created | undefined;
}

/** What a server did on behalf of whom: the truth that outcomes are compared with. */
export class Ledger {
  readonly #ours = new Map<string, Effect[]>();
  #serial = 0;
  /** Drafts of others that a request of ours confirmed or deleted. */
  foreignTouched = 0;
  /** Requests of ours above the rate that the server allows. */
  overLimit = 0;
  /** Confirmations of ours that were refused because too many batches ran. */
  refusedAsBusy = 0;
  /** Drafts that we made. */
  drafts = 0;
  /** What each batch of ours takes, in milliseconds, in the order in which they began. */
  readonly durations: number[] = [];
  requests = 0;

  /** Batches of ours that began. */
  get begun(): number {
    return this.durations.length;
  }

  begin(ms: number): void {
    this.durations.push(ms);
  }

  note(party: Party, identity: string, resource: string, created: Created | undefined): void {
    if (party === 'others') return;
    const effect = { serial: (this.#serial += 1), resource, created };
    const known = this.#ours.get(identity);
    if (known) known.push(effect);
    else this.#ours.set(identity, [effect]);
  }

  /** How an action of ours took effect, each time. */
  effects(identity: string): readonly Effect[] {
    return this.#ours.get(identity) ?? [];
  }
}

/** What tells an action from all others: a mark like `#17` at the end of a name, else what it does to what. */
export function identityOf({ operation, resource, body }: WireAction): string {
  for (const value of Object.values(body ?? {})) {
    const mark = typeof value === 'string' ? /#\d+$/.exec(value)?.[0] : undefined;
    if (mark !== undefined) return mark;
  }
  return `${operation} ${resource}`;
}
