// @ts-nocheck
export type { RequestAction, Ref, AtomicGroup } from './action/types.js';
export {
  JournalError,
  memoryJournal,
  type Journal,
  type JournalEntry,
  type JournalReason,
} from './journal/journal.js';
export { ActionFailure, type ActionError, type Outcome, type Outcomes } from './outcome/outcome.js';
export { type Answer, type SkipReason } from './outcome/batch-result.js';
export { type Plan, PlanError, type PlannedBatch } from './plan/units.js';
export { shownBy } from './plan/plan.js';
export type { Change, Preview, Step } from './preview/types.js';
export type { Reversal } from './effects/types.js';
export type { Conflict, ConflictingMember } from './undo/conflict.js';
export type { JournalReport, Left, Problem, Undo, UndoOptions } from './undo/types.js';
export type { Held, KeepOptions, SafeguardOptions } from './run/guard.js';
export type { Progress } from './run/progress.js';
export type { BatchInput } from './action/reference.js';
export type {
  RequestPlanOptions,
  RequestPreviewOptions,
  RequestResumeOptions,
  RequestRetryOptions,
  RequestRunOptions,
} from './request/batch.js';
export type { AnyRequest } from './request/any-request.js';
export type { RequestDialect } from './request/request-protocol.js';
export type { Waiting } from './pace/standstill.js';
export type { Run } from './run/run.js';
export type { StreamRun, Summary } from './run/stream.js';
export type { Version } from './request/version.js';
