import { type BatchResult, isFinal } from '../outcome/batch-result.js';
import type { LeftDraft } from '../outcome/left-draft.js';
import { type CheckedType, damagedEntry } from './check-entries.js';
import {
  type Attempt,
  type AttemptLog,
  type BatchEntry,
  freshAttempt,
  type Journal,
  type JournalEntry,
  JournalError,
  openEntries,
  type Recorded,
  type RunEntry,
} from './journal.js';
import { settle, type Told, toldBy } from './told.js';

/** The state of a run's attempts, and its journal where it has one. */
export class RunState implements AttemptLog {
  readonly #journal: Journal | undefined;
  /** By batch and attempt: a journal may name any, so that a list could have four billion places. */
  readonly #attempts = new Map<number, Map<number, Attempt>>();
  readonly recorded: Recorded | undefined;
  told: Told | undefined;
  /** Drafts that were on the server before the run made its first. */
  others: ReadonlySet<string> | undefined;
  /** Drafts that an earlier process left on the server. */
  left: readonly LeftDraft[] = [];
  /** Whether the run may have made drafts. */
  hasSubmitted = false;
  firstId: string | undefined;
  /** Whether the first draft may have been made by a process of which the journal knows nothing. */
  #isFirstLost = false;
  /** Whether it was written down until when the changes are held. */
  isHeld = false;
  /** Whether what was left of the run was sent under another journal. */
  isRetried = false;
  /** Batches that are known to be written down. */
  #planned = 0;
  #complete = false;
  /** Set when the journal failed: from then on nothing may be sent that would have to be in it. */
  broken: JournalError | undefined;

  private constructor(journal: Journal | undefined, entries: readonly JournalEntry[]) {
    this.#journal = journal;
    this.recorded = this.#replay(entries);
  }

  static async open(journal: Journal | undefined): Promise<RunState> {
    if (!journal) return new RunState(undefined, []);
    const entries = await openEntries(journal);
    try {
      return new RunState(journal, entries);
    } catch (error) {
      await journal.close();
      throw error;
    }
  }

  /** The state of one attempt; what the journal knows of it, or a fresh one. */
  attempt(batch: number, attempt: number): Attempt {
    const attempts = this.#attempts.get(batch) ?? new Map<number, Attempt>();
    const known = attempts.get(attempt);
    if (known) return known;
    const fresh = freshAttempt(batch, attempt);
    this.#attempts.set(batch, attempts.set(attempt, fresh));
    return fresh;
  }

  /** Whether a batch was under way when the journal was left. */
  isConfirming(batch: number): boolean {
    const attempts = this.#attempts.get(batch)?.values() ?? [];
    return [...attempts].some(({ confirming, result }) => confirming && !result);
  }

  /**
   * Writes the first entry of a fresh journal.
   *
   * @throws JournalError where it is not fresh.
   */
  begin(entry: RunEntry): Promise<void> {
    if (!this.recorded) return this.write(entry);
    throw new JournalError(
      'started',
      'The journal holds a run already: resume it, or give this run a journal of its own.',
    );
  }

  /**
   * Writes batches down, where they are not yet.
   *
   * @throws JournalError where the journal has others in their place.
   */
  async plan(entries: () => readonly BatchEntry[], last: boolean): Promise<void> {
    if (!this.#journal) return;
    const writes: Promise<void>[] = [];
    for (const entry of entries()) {
      this.#planned = entry.batch + 1;
      const known = this.recorded?.batches[entry.batch];
      if (known && JSON.stringify(known) === JSON.stringify(entry)) continue;
      if (known || this.recorded?.planned) throw different(entry.batch);
      writes.push(this.write(entry));
    }
    await Promise.all(writes);
    if (last) await this.complete();
  }

  /** Notes that there are no more batches. */
  async complete(): Promise<void> {
    if (this.#complete) return;
    this.#complete = true;
    if ((this.recorded?.batches.length ?? 0) > this.#planned) throw different(this.#planned);
    if (!this.recorded?.planned) await this.write({ type: 'planned' });
  }

  /** Attempts that have come no further than to a draft. */
  get drafts(): readonly (Attempt & { readonly id: string })[] {
    return this.#all().filter(isDraft);
  }

  /** Whether a recorded batch failed. */
  get failed(): boolean {
    return this.#all().some(
      ({ result, results }) =>
        result?.kind === 'failed' ||
        result?.kind === 'refused' ||
        [...results.values()].some(({ kind }) => kind === 'failed' || kind === 'rolledBack'),
    );
  }

  #all(): readonly Attempt[] {
    return [...this.#attempts.values()].flatMap((attempts) => [...attempts.values()]);
  }

  /** The ids of all recorded drafts. */
  *ids(): Generator<string> {
    for (const { id } of this.#all()) if (id !== undefined) yield id;
  }

  forget(batch: number): void {
    this.#attempts.delete(batch);
  }

  /**
   * Writes an entry down and takes note of it.
   *
   * @throws JournalError where it cannot be written.
   */
  async write(entry: JournalEntry): Promise<void> {
    if (this.broken) throw this.broken;
    try {
      await this.#journal?.append(entry);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.broken = new JournalError('unwritable', `The journal cannot be written: ${reason}`, {
        cause,
      });
      throw this.broken;
    }
    this.#note(entry);
  }

  /** Takes note of how an attempt ended. */
  async end(attempt: Attempt, result: BatchResult): Promise<BatchResult> {
    if (!isFinal(result)) return result;
    attempt.result = result;
    // A result that cannot be written down is asked for again when the run is resumed.
    await this.write({ type: 'done', ...keyOf(attempt), result }).catch(() => {});
    return result;
  }

  async close(): Promise<void> {
    await this.#journal?.close();
  }

  #replay(entries: readonly JournalEntry[]): Recorded | undefined {
    if (entries.length === 0) return undefined;
    const [run, ...rest] = entries;
    if (run?.type !== 'run' || run.version !== 1) {
      throw new JournalError('damaged', 'The journal is not one of this version of batch runs.');
    }
    const damaged = damagedEntry(entries satisfies readonly { readonly type: CheckedType }[]);
    if (damaged !== undefined) {
      const place = damaged === 0 ? 'its first entry' : `entry ${damaged + 1}`;
      throw new JournalError('damaged', `The journal is damaged in ${place}.`);
    }
    const batches: BatchEntry[] = [];
    let planned = false;
    for (const entry of rest) {
      if (entry.type === 'batch') batches[entry.batch] = entry;
      if (entry.type === 'planned') planned = true;
      if (entry.type === 'hold') this.isHeld = true;
      if (entry.type === 'retried') this.isRetried = true;
      this.#note(entry);
    }
    return { run, batches, planned };
  }

  #note(entry: JournalEntry): void {
    switch (entry.type) {
      case 'submit': {
        const attempt = this.attempt(entry.batch, entry.attempt);
        attempt.submitted += 1;
        attempt.isEarly ||= this.firstId === undefined;
        this.hasSubmitted = true;
        return;
      }
      case 'resumed':
        this.#isFirstLost ||= this.firstId === undefined;
        return;
      case 'draft': {
        const attempt = this.attempt(entry.batch, entry.attempt);
        attempt.id = entry.id;
        if (!this.#isFirstLost) this.firstId ??= entry.id;
        attempt.submitted -= 1;
        return;
      }
      case 'confirm':
        Object.assign(this.attempt(entry.batch, entry.attempt), confirming);
        return;
      case 'withdraw':
        return void (this.attempt(entry.batch, entry.attempt).withdrawn = true);
      case 'discard':
        Object.assign(this.attempt(entry.batch, entry.attempt), gone);
        return;
      case 'others':
        this.others = new Set(entry.ids);
        return;
      case 'send': {
        const attempt = this.attempt(entry.batch, entry.attempt);
        for (const place of entry.places) attempt.sent.add(place);
        attempt.version = entry.version;
        this.told = toldBy(entry) ?? this.told;
        return;
      }
      case 'refused': {
        const { sent, version } = this.attempt(entry.batch, entry.attempt);
        for (const place of entry.places) sent.delete(place);
        this.told = settle(this.told, version, Array(entry.places.length).fill('skipped'));
        return;
      }
      case 'results': {
        const { results, version } = this.attempt(entry.batch, entry.attempt);
        for (const [place, result] of entry.results) results.set(place, result);
        const kinds = entry.results.map(([, { kind }]) => kind);
        this.told = settle(this.told, version, kinds);
        return;
      }
      case 'done':
        if (isFinal(entry.result)) {
          const attempt = this.attempt(entry.batch, entry.attempt);
          attempt.result = entry.result;
          if (attempt.id === undefined && isRefusal(entry.result)) attempt.submitted -= 1;
        }
        return;
      case 'left':
        this.left = entry.drafts;
        return;
      case 'before':
      case 'after':
        this.attempt(entry.batch, entry.attempt).unseen =
          entry.type === 'before' ? entry.images : undefined;
        return;
      case 'run':
      case 'batch':
      case 'planned':
      case 'hold':
      case 'keep':
      case 'undo':
      case 'undone':
      case 'retried':
    }
  }
}

const confirming = { confirming: true, withdrawn: false };
const gone = { id: undefined, confirming: false, withdrawn: false };

/** Whether a POST made no draft. */
function isRefusal({ kind }: BatchResult): boolean {
  return kind === 'refused' || kind === 'tooLarge';
}

/** What tells an attempt from others in a journal. */
export function keyOf({ batch, attempt }: Attempt): Pick<Attempt, 'batch' | 'attempt'> {
  return { batch, attempt };
}

function isDraft(attempt: Attempt): attempt is Attempt & { readonly id: string } {
  return attempt.id !== undefined && !attempt.confirming && !attempt.result;
}

function different(batch: number): JournalError {
  return new JournalError(
    'different',
    `The journal belongs to another plan: batch ${batch} differs. ` +
      'Resume it with the plan it was made for, or give this run a journal of its own.',
  );
}
