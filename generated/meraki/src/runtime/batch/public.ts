/** What users of an emitted package get of its batches, besides the builders. */
export type { Action, CreateAction } from './action.js';
export type {
  Batch,
  PlannedRunOptions,
  ResumeOptions,
  RunOptions,
  StreamOptions,
} from './batch.js';
export { CallbackError, type Callback, type CallbackBatch } from './callback.js';
export type { Draft, DraftProblem } from './draft.js';
export { atomic, type AtomicGroup, type Item, type Items } from './group.js';
export {
  JournalError,
  memoryJournal,
  type Journal,
  type JournalEntry,
  type JournalReason,
} from './journal.js';
export {
  ActionFailure,
  type ActionError,
  type Created,
  type Difference,
  type Outcome,
  type Outcomes,
  type SkipReason,
  type Verification,
} from './outcome.js';
export type { Plan, PlannedBatch, PlanOptions } from './plan.js';
export type { Progress } from './progress.js';
export { ref, type BatchInput, type Ref } from './ref.js';
export type { Run } from './run.js';
export type { StreamRun, Summary } from './stream.js';
export { PlanError } from './units.js';
