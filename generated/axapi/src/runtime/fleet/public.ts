// @ts-nocheck
export type { PostgresConnection } from './postgres.js';
export type {
  ClientContext,
  FleetClient,
  FleetOptions,
  FleetRunOptions,
  Ordering,
  RunState,
  RunStatus,
  StoredOutcome,
  Worker,
  WorkOptions,
} from './types.js';
export { sqliteJournal, type SqliteJournalOptions } from './sqlite-journal.js';
