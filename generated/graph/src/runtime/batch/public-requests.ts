/** What users of an emitted package get of its batches, besides the builders. */
export type { RequestAction } from './action.js';
export type { AtomicGroup } from './group.js';
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
  type Answer,
  type Outcome,
  type Outcomes,
  type SkipReason,
} from './outcome.js';
export type { Plan, PlannedBatch } from './plan.js';
export type { Progress } from './progress.js';
export type { BatchInput, Ref } from './ref.js';
export type {
  RequestPlanOptions,
  RequestResumeOptions,
  RequestRunOptions,
} from './request-batch.js';
export type { RequestDialect } from './request-dialect.js';
export type { Run } from './run.js';
export type { StreamRun, Summary } from './stream.js';
export { PlanError } from './units.js';
export type { Version } from './version.js';
