// @ts-nocheck
import type { Journal } from '../journal/journal.js';
import type { RunState } from '../journal/run-state.js';
import type { Plan } from '../plan/units.js';
import type { RunSettings } from './executor.js';
import type { Guard } from './guard.js';

/** What a guard is made with. */
export interface Guarded {
  readonly plan: Plan;
  readonly settings: RunSettings;
  readonly state: RunState;
  readonly journal: Journal | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Looks at a fresh run before anything is written or sent. Throws to refuse it. */
export type Preflight = (plan: Plan, settings: RunSettings) => Promise<void>;

/** Makes the guard of a run that asks for one. */
export type GuardMaker = (run: Guarded) => Promise<Guard | undefined>;
