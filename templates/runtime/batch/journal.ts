import type { RecordedUnit } from './record.js';
import type { Verdict } from './verdict.js';

/**
 * Where a run writes down what it is about to do, so that another can take it up after a crash.
 * `fileJournal` keeps it on disk, `memoryJournal` in memory; other stores can implement it.
 */
export interface Journal {
  /**
   * Takes the journal for this run alone and gives its entries, oldest first.
   *
   * @throws JournalError where another run has it.
   */
  open(): Promise<readonly JournalEntry[]>;
  /** Adds an entry at the end; resolves when it will survive a crash. */
  append(entry: JournalEntry): Promise<void>;
  /** Lets go of it. */
  close(): Promise<void>;
}

/** What a journal holds: JSON objects, one for each change of state. */
export type JournalEntry =
  | RunEntry
  | BatchEntry
  /** Every batch of the plan is written down. */
  | { readonly type: 'planned' }
  /** A draft is about to be made. */
  | { readonly type: 'submit'; readonly batch: number; readonly attempt: number }
  /** The draft exists. */
  | {
      readonly type: 'draft';
      readonly batch: number;
      readonly attempt: number;
      readonly id: string;
    }
  /** The draft is about to be confirmed. */
  | { readonly type: 'confirm'; readonly batch: number; readonly attempt: number }
  /** The draft is gone: it was thrown away, or the server has lost it. */
  | { readonly type: 'discard'; readonly batch: number; readonly attempt: number }
  | {
      readonly type: 'done';
      readonly batch: number;
      readonly attempt: number;
      readonly verdict: Verdict;
    };

export interface RunEntry {
  readonly type: 'run';
  readonly version: 1;
  readonly dialect: string;
  readonly scope: Readonly<Record<string, string>>;
  readonly mode: 'sync' | 'async';
  readonly ordered: boolean;
  readonly onError: 'stop' | 'continue';
  readonly concurrency: number;
  /** Whether the actions come from a stream: then some may be executed before all are written down. */
  readonly stream: boolean;
}

export interface BatchEntry {
  readonly type: 'batch';
  readonly batch: number;
  readonly after: readonly number[];
  readonly wave: number;
  readonly bytes: number;
  readonly units: readonly RecordedUnit[];
}

/** A journal that cannot be used: in use elsewhere, of another plan, not writable, damaged. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

/** A journal that lasts as long as the process: enough to resume after an abort. */
export function memoryJournal(): Journal {
  const entries: JournalEntry[] = [];
  let taken = false;
  return {
    open: () => {
      if (taken) return Promise.reject(new JournalError('The journal is in use by another run.'));
      taken = true;
      return Promise.resolve([...entries]);
    },
    append: (entry) => {
      entries.push(entry);
      return Promise.resolve();
    },
    close: () => {
      taken = false;
      return Promise.resolve();
    },
  };
}
