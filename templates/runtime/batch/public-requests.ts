/** What users of an emitted package get of its batches, besides the builders. */
export type { RequestAction } from './action/action.js';
export type { AtomicGroup } from './action/group.js';
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
  type Answer,
  type Outcome,
  type Outcomes,
  type SkipReason,
} from './outcome/outcome.js';
export type { Plan, PlannedBatch } from './plan/plan.js';
export type { Progress } from './run/progress.js';
export type { BatchInput, Ref } from './action/reference.js';
export type {
  RequestPlanOptions,
  RequestResumeOptions,
  RequestRunOptions,
} from './request/request-batch.js';
export type { RequestDialect } from './request/request-protocol.js';
export type { Run } from './run/run.js';
export type { StreamRun, Summary } from './run/stream.js';
export { PlanError } from './plan/units.js';
export type { Version } from './request/version.js';
