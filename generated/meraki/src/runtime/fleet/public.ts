// @ts-nocheck
export type { FleetMeter } from './meter.js';
export type { PostgresConnection } from './postgres.js';
export type {
  ClientContext,
  FleetClient,
  FleetHealth,
  FleetOptions,
  FleetRunOptions,
  Ordering,
  QueueDepth,
  RunState,
  RunStatus,
  StoredOutcome,
  Worker,
  WorkerHealth,
  WorkOptions,
} from './types.js';
export { sqliteJournal, type SqliteJournalOptions } from './sqlite-journal.js';
