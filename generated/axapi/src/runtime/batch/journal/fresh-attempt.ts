// @ts-nocheck
import type { Attempt } from './journal.js';

/** An attempt of which nothing is known. */
export function freshAttempt(batch: number, attempt: number): Attempt {
  return {
    batch,
    attempt,
    submitted: 0,
    remakes: 0,
    id: undefined,
    isEarly: false,
    confirming: false,
    withdrawn: false,
    result: undefined,
    unseen: undefined,
    results: new Map(),
    sent: new Set(),
    version: undefined,
  };
}
