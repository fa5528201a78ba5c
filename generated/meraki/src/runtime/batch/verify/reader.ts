// @ts-nocheck
import { ApiError } from '../../answers/errors.js';
import type { Client } from '../../client.js';
import { safePath } from '../action/members.js';
import type { Answered } from '../effects/answered.js';
import type { Clock } from '../pace/clock.js';
import type { RateLimiter } from '../pace/rate-limiter.js';
import { classify, heldTooLong } from '../pace/request-failure.js';
import { backOff } from '../pace/retry-deadline.js';

/** How often a read is tried. */
const mostTries = 5;
/** The same, where an outcome depends on it: of many, one is spoilt five times in a row. */
const mostPatientTries = 9;

/** Reads resources, each once, within the rate. */
export class Reader {
  readonly #client: Client;
  readonly #clock: Clock;
  readonly #limiter: RateLimiter;
  readonly #signal: AbortSignal | undefined;
  readonly #patience: number;
  readonly #mostTries: number;
  readonly #looks = new Map<string, Promise<Answered>>();

  constructor(context: {
    readonly client: Client;
    readonly clock: Clock;
    readonly limiter: RateLimiter;
    readonly abortSignal?: AbortSignal;
    /** Milliseconds for which a server that cannot be reached is waited for. Default: a few tries. */
    readonly patience?: number;
  }) {
    this.#client = context.client;
    this.#clock = context.clock;
    this.#limiter = context.limiter;
    this.#signal = context.abortSignal;
    this.#patience = context.patience ?? 0;
    this.#mostTries = this.#patience > 0 ? mostPatientTries : mostTries;
  }

  read(place: string): Promise<Answered> {
    const known = this.#looks.get(place) ?? this.#look(place);
    this.#looks.set(place, known);
    return known;
  }

  async #look(place: string): Promise<Answered> {
    const safe = safePath(place);
    if (safe === undefined) return { why: `"${place}" is not the path of a resource` };
    const end = this.#clock.now() + this.#patience;
    for (let tries = 1; ; tries += 1) {
      if (!(await this.#limiter.turn(this.#signal))) return { why: heldTooLong.message };
      try {
        const { body, headers } = await this.#client.request(
          { id: 'verify', method: 'GET', path: safe },
          { signal: this.#signal, retry: { attempts: 1 } },
        );
        return { value: body, isPart: /rel="?next/.test(headers.get('Link') ?? '') };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.status === 404) return { missing: true };
        const { kind } = classify(error);
        const isAway = error.status === undefined && this.#clock.now() < end;
        if ((kind !== 'later' && kind !== 'lost') || (tries >= this.#mostTries && !isAway))
          return { why: error.message };
        this.#limiter.holdAsAsked(error);
        await this.#clock.sleep(backOff(tries), this.#signal);
      }
    }
  }
}
