import type { Told } from './told.js';
import type { Safeguards } from './safeguards.js';
import { JournalError } from './journal-error.js';
import type { RecordedUnit } from './recorded-unit.js';
import type { ActionResult, BatchResult } from '../outcome/batch-result.js';
import type { LeftDraft } from '../outcome/left-draft.js';
import type { OnError } from '../protocol/protocol.js';

export { JournalError, type JournalReason } from './journal-error.js';

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
  /** Drafts of others that were on the server before the first of this run. */
  | { readonly type: 'others'; readonly ids: readonly string[] }
  /** A later process goes on, which knows of no draft of the run. */
  | { readonly type: 'resumed' }
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
  /** The draft is not confirmed, and is about to be thrown away. */
  | { readonly type: 'withdraw'; readonly batch: number; readonly attempt: number }
  /** Drafts that the run leaves on the server. */
  | { readonly type: 'left'; readonly drafts: readonly LeftDraft[] }
  /** The draft is gone: it was thrown away, or the server has lost it. */
  | { readonly type: 'discard'; readonly batch: number; readonly attempt: number }
  /** A request is about to be sent that holds these actions, by their place in the batch. */
  | {
      readonly type: 'send';
      readonly batch: number;
      readonly attempt: number;
      readonly places: readonly number[];
      /** The version that was sent. */
      readonly version?: string | undefined;
    }
  /** The server took none of these: they can be sent again. */
  | {
      readonly type: 'refused';
      readonly batch: number;
      readonly attempt: number;
      readonly places: readonly number[];
    }
  /** What became of some of them. */
  | {
      readonly type: 'results';
      readonly batch: number;
      readonly attempt: number;
      readonly results: readonly (readonly [place: number, result: ActionResult])[];
    }
  | {
      readonly type: 'done';
      readonly batch: number;
      readonly attempt: number;
      readonly result: BatchResult;
    }
  | BeforeEntry
  | AfterEntry
  /** The changes are undone at this time, in milliseconds since 1970, unless `keep` comes first. */
  | { readonly type: 'hold'; readonly until: number }
  /** The changes stay. */
  | { readonly type: 'keep' }
  /** An entry of the run that undoes this one. */
  | { readonly type: 'undo'; readonly entry: JournalEntry }
  /** The changes are undone, but for what nothing could undo. */
  | { readonly type: 'undone'; readonly isPartly?: boolean | undefined }
  /** What was left of the run was sent under another journal. */
  | { readonly type: 'retried' };

/** What there was before a batch was confirmed. */
export interface BeforeEntry {
  readonly type: 'before';
  readonly batch: number;
  readonly attempt: number;
  readonly images: readonly (readonly [index: number, image: BeforeImage])[];
  /** The ids of what is in the collections of which something is destroyed that would get a new id. */
  readonly siblings?:
    readonly (readonly [collection: string, ids: readonly string[]])[] | undefined;
}

/** What resources showed once their batch had ended, where that is another thing than what was sent. */
export interface AfterEntry {
  readonly type: 'after';
  readonly batch: number;
  readonly attempt: number;
  /** By the path inside of the resource; null stands for nothing. */
  readonly images: readonly (readonly [index: number, image: AfterImage])[];
  /** Whether a later process has looked: others may have changed something meanwhile. */
  readonly isLate?: boolean | undefined;
}

export type AfterImage = Readonly<Record<string, unknown>>;

/** What a resource showed before an action changed it. */
export type BeforeImage =
  | {
      readonly state: 'there';
      /** The members that are touched; all of them where it is destroyed, or may be replaced. */
      readonly members: Readonly<Record<string, unknown>>;
      /** Members that are touched and could not be read: secrets. */
      readonly hidden?: readonly string[] | undefined;
    }
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable'; readonly why: string };

export interface RunEntry {
  readonly type: 'run';
  readonly version: 1;
  readonly dialect: string;
  readonly scope: Readonly<Record<string, string>>;
  readonly mode: 'sync' | 'async';
  readonly ordered: boolean;
  readonly onError: OnError;
  readonly concurrency: number;
  /** Whether the actions come from a stream: then some may be executed before all are written down. */
  readonly stream: boolean;
  readonly safeguards?: Safeguards | undefined;
}

export interface BatchEntry {
  readonly type: 'batch';
  readonly batch: number;
  readonly after: readonly number[];
  readonly wave: number;
  readonly bytes: number;
  readonly units: readonly RecordedUnit[];
}

/** How far an attempt to have a batch executed has come. */
export interface Attempt {
  readonly batch: number;
  readonly attempt: number;
  /** POSTs that may have made a draft whose id is not known. */
  submitted: number;
  /** How often the server has lost its draft. */
  remakes: number;
  id: string | undefined;
  /** Its first draft may be older than the first of the run whose id is known. */
  isEarly: boolean;
  /** The draft may be confirmed. */
  confirming: boolean;
  /** It was found to be not confirmed, and may have been thrown away since. */
  withdrawn: boolean;
  result: BatchResult | undefined;
  /** What there was before; undefined once it was looked at what there is after. */
  unseen: BeforeEntry['images'] | undefined;
  /** Of a batch that is answered action by action: what is known, by place. */
  readonly results: Map<number, ActionResult>;
  /** Places of actions that were sent; what became of them is known only where `results` has it. */
  readonly sent: Set<number>;
  /** The version that was sent last. */
  version: string | undefined;
}

/** An attempt of which nothing is known. */
export function freshAttempt(batch: number, attempt: number): Attempt {
  return {
    batch,
    attempt,
    submitted: 0,
    remakes: 0,
    id: undefined,
    isEarly: false,
    confirming: false,
    withdrawn: false,
    result: undefined,
    unseen: undefined,
    results: new Map(),
    sent: new Set(),
    version: undefined,
  };
}

/** What a journal held when it was opened. */
export interface Recorded {
  readonly run: RunEntry;
  readonly batches: readonly BatchEntry[];
  /** Whether the whole plan is written down. */
  readonly planned: boolean;
}

/** What is known of the attempts of a run, and what is written of them. */
export interface AttemptLog {
  /** Absent where the journal was empty. */
  readonly recorded: Recorded | undefined;
  readonly told: Told | undefined;
  /** Drafts that were on the server before the run made its first. */
  readonly others: ReadonlySet<string> | undefined;
  /** Drafts that an earlier process left on the server. */
  readonly left: readonly LeftDraft[];
  /** Whether the run may have made drafts. */
  readonly hasSubmitted: boolean;
  /** The id of the run's first draft; undefined where that is not known for sure. */
  readonly firstId: string | undefined;
  /** Attempts that have come no further than to a draft. */
  readonly drafts: readonly (Attempt & { readonly id: string })[];
  /** Set when the journal failed: from then on nothing may be sent that would have to be in it. */
  readonly broken: JournalError | undefined;
  /** The ids of all recorded drafts. */
  ids(): Iterable<string>;
  /** The state of one attempt; what the journal knows of it, or a fresh one. */
  attempt(batch: number, attempt: number): Attempt;
  /** Whether a batch was under way when the journal was left. */
  isConfirming(batch: number): boolean;
  /**
   * Writes batches down, where they are not yet.
   *
   * @throws JournalError where the journal has others in their place.
   */
  plan(entries: () => readonly BatchEntry[], last: boolean): Promise<void>;
  /** Notes that there are no more batches. */
  complete(): Promise<void>;
  /**
   * Writes an entry down and takes note of it.
   *
   * @throws JournalError where it cannot be written.
   */
  write(entry: JournalEntry): Promise<void>;
  /** Takes note of how an attempt ended. */
  end(attempt: Attempt, result: BatchResult): Promise<BatchResult>;
  forget(batch: number): void;
}

/** A journal that lasts as long as the process: enough to resume after an abort. */
export function memoryJournal(): Journal {
  const entries: JournalEntry[] = [];
  let taken = false;
  return {
    open: () => {
      if (taken)
        return Promise.reject(new JournalError('in-use', 'The journal is in use by another run.'));
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

/**
 * Opens a journal and gives its entries.
 *
 * @throws JournalError where its store gives no list of objects; the journal is closed then.
 */
export async function openEntries(journal: Journal): Promise<readonly JournalEntry[]> {
  const entries: unknown = await journal.open();
  if (isList(entries)) return entries;
  await journal.close();
  throw new JournalError('damaged', 'The journal is damaged: its store gives no list of entries.');
}

/** The entries of a journal, which is free again afterwards. */
export async function readEntries(journal: Journal): Promise<readonly JournalEntry[]> {
  const entries = await openEntries(journal);
  await journal.close();
  return entries;
}

/** What each entry holds is checked where it is used. */
function isList(entries: unknown): entries is readonly JournalEntry[] {
  return (
    Array.isArray(entries) && entries.every((entry) => typeof entry === 'object' && entry !== null)
  );
}
