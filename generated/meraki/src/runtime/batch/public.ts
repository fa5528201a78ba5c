/** What users of an emitted package get of its batches, besides the builders. */
export type { Action, CreateAction } from './action/action.js';
export type {
  Batch,
  PlannedRunOptions,
  ResumeOptions,
  RunOptions,
  StreamOptions,
} from './draft/draft-batch.js';
export { CallbackError, type Callback, type CallbackBatch } from './draft/callback.js';
export type { Draft, DraftProblem } from './draft/review.js';
export { atomic, type AtomicGroup, type Item, type Items } from './action/group.js';
export {
  JournalError,
  memoryJournal,
  type Journal,
  type JournalEntry,
  type JournalReason,
} from './journal/journal.js';
export {
  ActionFailure,
  type ActionError,
  type Created,
  type Difference,
  type Outcome,
  type Outcomes,
  type SkipReason,
  type Verification,
} from './outcome/outcome.js';
export type { Plan, PlannedBatch, PlanOptions } from './plan/plan.js';
export type { Progress } from './run/progress.js';
export { ref, type BatchInput, type Ref } from './action/reference.js';
export type { Run } from './run/run.js';
export type { StreamRun, Summary } from './run/stream.js';
export { PlanError } from './plan/units.js';
