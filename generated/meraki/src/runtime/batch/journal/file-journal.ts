// @ts-nocheck
import { type Journal, type JournalEntry, JournalError } from './journal.js';
import { checksum, parse, readContent } from './journal-lines.js';
import { forgetLock, isLockLine, type LockLine, takeLock } from './lock.js';
import { isStillAt, openOwn, openToRead } from './own-file.js';
import { type FileHandle, files } from './node-api.js';

export interface FileJournalOptions {
  /** Takes the journal even if it seems to be in use, for when you know better. Default false. */
  readonly takeOver?: boolean | undefined;
  /**
   * Milliseconds between two signs of life that a run writes into its journal while it has nothing else to
   * write. Where its process cannot be seen, it is taken for dead after six of them. Default 10,000.
   */
  readonly heartbeat?: number | undefined;
  /** Only reads, also while a run has the journal: for `readJournal`. Nothing is locked or made. */
  readonly readOnly?: boolean | undefined;
}

/**
 * A journal in a file, for Node: one JSON object a line, each on disk before the run goes on. A crash may
 * tear the last line; it is ignored. The file holds the bodies of the actions, so it is made readable for
 * its owner only. It is refused where it is a link, belongs to another user, or may be written by others.
 * A run whose file is removed, replaced or shortened stops with the reason `journal`.
 *
 * One process at a time may use it; what a process held that has ended is free again. Where nobody can see
 * whether it has ended, as in another container, opening waits for a sign of life.
 */
export function fileJournal(path: string, options: FileJournalOptions = {}): Journal {
  if (options.readOnly) return readOnlyJournal(path);
  let open: OpenJournal | undefined;
  const current = (): OpenJournal => {
    if (open) return open;
    throw new JournalError('unwritable', `The journal ${path} is not open.`);
  };
  return {
    open: async () => {
      if (open) throw new JournalError('in-use', `The journal ${path} is in use by another run.`);
      const { journal, entries } = await OpenJournal.open(path, options);
      open = journal;
      return entries;
    },
    append: (entry) => current().append(entry),
    close: async () => {
      const journal = open;
      open = undefined;
      await journal?.close();
    },
  };
}

function readOnlyJournal(path: string): Journal {
  return {
    open: async () => {
      const file = await openToRead(path).catch((cause: unknown) => {
        throw new JournalError(
          'unwritable',
          `The journal ${path} cannot be read: ${reason(cause)}`,
          {
            cause,
          },
        );
      });
      if (!file) return [];
      try {
        return (await readContent(file, path)).entries;
      } finally {
        await file.close();
      }
    },
    append: () =>
      Promise.reject(new JournalError('unwritable', `The journal ${path} is only read.`)),
    close: () => Promise.resolve(),
  };
}

/** Journals that this thread has open. */
const here = new Set<string>();

interface Pending {
  readonly line: string;
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
}

interface OpenFile {
  readonly path: string;
  readonly file: FileHandle;
  readonly unlock: LockLine;
  readonly sum: string | undefined;
  readonly size: number;
  readonly heartbeat: number;
}

class OpenJournal {
  readonly #path: string;
  readonly #file: FileHandle;
  /** The line that lets go of the journal. */
  readonly #unlock: LockLine;
  #pending: Pending[] = [];
  /** Checksum of the last entry. */
  #sum: string | undefined;
  /** How long the file is at least. */
  #size: number;
  #isWriting = false;
  #failure: { readonly error: unknown } | undefined;

  readonly #beat: Timer;

  private constructor({ path, file, unlock, sum, size, heartbeat }: OpenFile) {
    this.#path = path;
    this.#file = file;
    this.#unlock = unlock;
    this.#sum = sum;
    this.#size = size;
    this.#beat = every(heartbeat, () => this.#sayAlive());
  }

  static async open(
    path: string,
    { takeOver = false, heartbeat = 10_000 }: FileJournalOptions,
  ): Promise<{ readonly journal: OpenJournal; readonly entries: readonly JournalEntry[] }> {
    const file = await openOwn(path).catch((cause: unknown) => {
      throw new JournalError(
        'unwritable',
        `The journal ${path} cannot be written: ${reason(cause)}`,
        { cause },
      );
    });
    const { realpath } = await files();
    try {
      const real = await realpath(path);
      if (here.has(real))
        throw new JournalError('in-use', `The journal ${path} is in use by another run.`);
      here.add(real);
      try {
        const { entries, locks, isTorn, sum } = await readContent(file, path);
        const unlock = await takeLock(path, locks, {
          takeOver,
          heartbeat,
          write: async (line) => {
            // A line of its own, even after one that was torn.
            await file.appendFile(`${isTorn ? '\n' : ''}${JSON.stringify(line)}\n`);
            await file.datasync();
            return (await readContent(file, path)).locks;
          },
          size: () => sizeOf(path),
        });
        const { size } = await file.stat();
        return {
          journal: new OpenJournal({ path: real, file, unlock, sum, size, heartbeat }),
          entries,
        };
      } catch (error) {
        here.delete(real);
        throw error;
      }
    } catch (error) {
      await file.close();
      if (error instanceof JournalError) throw error;
      throw new JournalError('unwritable', `The journal ${path} cannot be used: ${reason(error)}`, {
        cause: error,
      });
    }
  }

  append(entry: JournalEntry | LockLine): Promise<void> {
    return new Promise((done, fail) => {
      this.#pending.push({ line: `${this.#seal(entry)}\n`, done, fail });
      if (!this.#isWriting) void this.#write();
    });
  }

  /** An entry as a line, with a checksum that also covers all entries before it. */
  #seal(entry: JournalEntry | LockLine): string {
    const text = JSON.stringify(entry);
    if (isLockLine(entry) || this.#sum === undefined) return text;
    this.#sum = checksum(this.#sum + text);
    return `${text.slice(0, -1)},"sum":"${this.#sum}"}`;
  }

  async close(): Promise<void> {
    clearInterval(this.#beat);
    try {
      forgetLock(this.#unlock);
      if (!this.#failure) await this.append(this.#unlock);
    } finally {
      here.delete(this.#path);
      await this.#file.close();
    }
  }

  /** Writes whatever has gathered with one flush, as long as there is something. */
  async #write(): Promise<void> {
    this.#isWriting = true;
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      try {
        // After a failure the end of the file is uncertain.
        if (this.#failure) throw this.#failure.error;
        const text = batch.map(({ line }) => line).join('');
        await this.#file.appendFile(text);
        await this.#file.datasync();
        await this.#checkPlace(new TextEncoder().encode(text).length);
        for (const { done } of batch) done();
      } catch (error) {
        this.#failure ??= { error };
        for (const { fail } of batch) fail(error);
      }
    }
    this.#isWriting = false;
  }

  /** Another process that cannot see this one waits for the file to grow. */
  #sayAlive(): void {
    if (this.#isWriting || this.#failure) return;
    this.append({ type: 'beat', token: this.#unlock.token }).catch(() => {});
  }

  /** @throws where the next run would not find what was written, or has begun already. */
  async #checkPlace(written: number): Promise<void> {
    if (!(await isStillAt(this.#path, this.#file))) throw new Error('it was removed or replaced');
    const { size } = await this.#file.stat();
    if (size < this.#size + written) throw new Error('it was shortened');
    if (size > this.#size + written && (await this.#isTakenOver(this.#size, size))) {
      throw new Error('another process has taken it over');
    }
    this.#size = size;
  }

  /** Whether one who took this process for dead has written a lock between two places of the file. */
  async #isTakenOver(from: number, to: number): Promise<boolean> {
    const buffer = new Uint8Array(to - from);
    const { bytesRead } = await this.#file.read(buffer, 0, buffer.length, from);
    const lines = new TextDecoder().decode(buffer.subarray(0, bytesRead)).split('\n').map(parse);
    return lines.some(
      (line) => line?.type === 'lock' && line.over?.includes(this.#unlock.token) === true,
    );
  }
}

/** How long a file is, as one sees who opens it now: network file systems may show an old size else. */
async function sizeOf(path: string): Promise<number> {
  const file = await openOwn(path);
  try {
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

type Timer = ReturnType<typeof setInterval>;

/** A timer that does not keep the process alive. */
function every(ms: number, act: () => void): Timer {
  const timer = setInterval(act, ms);
  // Node's timers have it, a browser's are numbers.
  (timer as { unref?: () => void }).unref?.();
  return timer;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
