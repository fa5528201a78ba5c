// @ts-nocheck
import { memberAt } from '../action/members.js';
import type { Created } from '../outcome/batch-result.js';

/** A batch as a callback reports it. */
export interface CallbackBatch {
  /** Absent where the payload gives counts only. */
  readonly id: string | undefined;
  readonly completed: boolean;
  readonly failed: boolean;
  readonly errors: readonly string[];
  readonly created: readonly Created[];
  /** Counts, where the payload gives them. */
  readonly actionsCompleted: number | undefined;
  readonly actionsFailed: number | undefined;
  /** The whole payload, without the secret. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A request that is not a callback of the server, or not one that we asked for. */
export class CallbackError extends Error {
  override readonly name = 'CallbackError';
  /** `secret`: it is wrong or missing, answer 401. `payload`: it cannot be read, answer 400. */
  readonly reason: 'secret' | 'payload';

  constructor(reason: 'secret' | 'payload', message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface CallbackOptions {
  /** The secret that was given when the callback was asked for. */
  readonly sharedSecret: string;
}

/**
 * An unset variable protects nothing, and neither does what only becomes a text later.
 *
 * @throws TypeError for what is not a text with something in it.
 */
export function checkSecret(secret: unknown): asserts secret is string {
  if (typeof secret !== 'string' || secret === '')
    throw new TypeError(
      'sharedSecret is a text that is not empty; without one anybody could send a callback.',
    );
}

/** @throws TypeError where a callback is asked for that could not be told from a forged one. */
export function checkCallback(options: object): void {
  const callback = memberAt(options, ['callback']);
  // Types alone do not keep an unset variable out.
  const asked: object = Object(callback);
  if ('url' in asked) checkSecret('sharedSecret' in asked ? asked.sharedSecret : undefined);
}
