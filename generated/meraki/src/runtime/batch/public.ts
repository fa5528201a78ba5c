// @ts-nocheck
export type { Action, AtomicGroup, CreateAction, Item, Items, Ref } from './action/types.js';
export type { Batch, Draft } from './draft/batch.js';
export type {
  PlannedRunOptions,
  PreviewOptions,
  ResumeOptions,
  RetryOptions,
  RunOptions,
  StreamOptions,
} from './draft/run-options.js';
export { CallbackError, type CallbackBatch } from './draft/check-callback.js';
export { type Callback } from './protocol/protocol.js';
export type { DraftProblem } from './draft/review.js';
export { atomic } from './action/group.js';
export {
  JournalError,
  memoryJournal,
  type Journal,
  type JournalEntry,
  type JournalReason,
} from './journal/journal.js';
export { ActionFailure, type ActionError, type Outcome, type Outcomes } from './outcome/outcome.js';
export { type Difference, type Verification } from './outcome/verification.js';
export { type Created, type SkipReason } from './outcome/batch-result.js';
export { type Plan, PlanError, type PlannedBatch } from './plan/units.js';
export { type PlanOptions, shownBy } from './plan/plan.js';
export type { Change, Preview, Step } from './preview/types.js';
export type { Conflict, ConflictingMember } from './undo/conflict.js';
export type { JournalReport, Left, Problem, Undo, UndoOptions } from './undo/types.js';
export type { Held, KeepOptions } from './run/guard.js';
export type { Reversal } from './effects/types.js';
export type { Progress } from './run/progress.js';
export { ref, type BatchInput } from './action/reference.js';
export type { LeftDraft } from './outcome/left-draft.js';
export type { Waiting } from './pace/standstill.js';
export type { Run } from './run/run.js';
export type { StreamRun, Summary } from './run/stream.js';
