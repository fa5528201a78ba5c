import type { Ref } from '../action/types.js';
import type { AfterImage, BeforeImage, RunEntry } from '../journal/journal.js';
import type { Outcome } from '../outcome/outcome.js';
import type { Plan } from '../plan/units.js';

/** A run as its journal has it. */
export interface Recording {
  readonly run: RunEntry;
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
  readonly images: ReadonlyMap<number, BeforeImage>;
  readonly afterImages: ReadonlyMap<number, AfterImage>;
  /** The value that a reference stands for. */
  readonly lookup: (ref: Ref<unknown>) => string | number | boolean | undefined;
}
