// @ts-nocheck
/** What a run waits for. */
export interface Waiting {
  /**
   * `rate`: the server has asked to wait. `places`: other applications run as many batches as may run. `trouble`:
   * requests fail, and are made again. `running`: batches are executed.
   */
  readonly why: 'rate' | 'places' | 'trouble' | 'running';
  readonly message: string;
  /** In milliseconds since 1970: when the run goes on, or of `trouble`, gives up. Undefined where nobody can tell. */
  readonly until: number | undefined;
}

/** What knows of reasons to wait. */
interface Parts {
  readonly clock: { now(): number; date?(): number };
  readonly limiter: { readonly heldUntil: number };
  readonly slots: { readonly crowdedOut: boolean; readonly foreign: number };
  readonly silence: { readonly message: string | undefined; readonly left: number };
}

/** Knows why nothing moves. */
export class Standstill {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get waiting(): Waiting {
    const { clock, limiter, slots, silence } = this.#parts;
    const { heldUntil } = limiter;
    if (heldUntil > clock.now()) {
      return { why: 'rate', message: 'the server asks to wait', until: this.#dateOf(heldUntil) };
    }
    const { message: trouble, left } = silence;
    if (trouble !== undefined) {
      return { why: 'trouble', message: trouble, until: this.#dateOf(clock.now() + left) };
    }
    if (slots.crowdedOut) {
      const message = `other applications run ${slots.foreign} batches`;
      return { why: 'places', message, until: undefined };
    }
    return { why: 'running', message: 'batches are executed', until: undefined };
  }

  #dateOf(time: number): number {
    return (this.#parts.clock.date?.() ?? Date.now()) + time - this.#parts.clock.now();
  }
}
