import { type Journal, type JournalEntry, JournalError } from './journal.js';
import { forgetLock, type LockLine, takeLock } from './lock.js';
import { isStillAt, openOwn } from './own-file.js';
import { type FileHandle, files } from './node-api.js';

export interface FileJournalOptions {
  /** Takes the journal even if it seems to be in use, for when you know better. Default false. */
  readonly takeOver?: boolean | undefined;
}

/**
 * A journal in a file, for Node: one JSON object a line, each on disk before the run goes on. A crash may
 * tear the last line; it is ignored. The file holds the bodies of the actions, so it is made readable for
 * its owner only. It is refused where it is a link, belongs to another user, or may be written by others.
 * A run whose file is removed, replaced or shortened stops with the reason `journal`.
 *
 * One process at a time may use it; what a process held that has ended is free again.
 */
export function fileJournal(path: string, options: FileJournalOptions = {}): Journal {
  let open: OpenJournal | undefined;
  const current = (): OpenJournal => {
    if (open) return open;
    throw new JournalError('unwritable', `The journal ${path} is not open.`);
  };
  return {
    open: async () => {
      if (open) throw new JournalError('in-use', `The journal ${path} is in use by another run.`);
      const { journal, entries } = await OpenJournal.open(path, options.takeOver ?? false);
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

  private constructor({ path, file, unlock, sum, size }: OpenFile) {
    this.#path = path;
    this.#file = file;
    this.#unlock = unlock;
    this.#sum = sum;
    this.#size = size;
  }

  static async open(
    path: string,
    takeOver: boolean,
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
        const { entries, locks, isTorn, sum } = await read(file, path);
        const unlock = await takeLock(path, takeOver ? [] : locks, async (line) => {
          // A line of its own, even after one that was torn.
          await file.appendFile(`${isTorn ? '\n' : ''}${JSON.stringify(line)}\n`);
          await file.datasync();
          const now = await read(file, path);
          return takeOver ? now.locks.slice(locks.length) : now.locks;
        });
        const { size } = await file.stat();
        return { journal: new OpenJournal({ path: real, file, unlock, sum, size }), entries };
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
    if (entry.type === 'lock' || entry.type === 'unlock' || this.#sum === undefined) return text;
    this.#sum = checksum(this.#sum + text);
    return `${text.slice(0, -1)},"sum":"${this.#sum}"}`;
  }

  async close(): Promise<void> {
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
        await this.#checkPlace(text.length);
        for (const { done } of batch) done();
      } catch (error) {
        this.#failure ??= { error };
        for (const { fail } of batch) fail(error);
      }
    }
    this.#isWriting = false;
  }

  /** @throws where the next run would not find what was written. A character takes a byte or more. */
  async #checkPlace(written: number): Promise<void> {
    if (!(await isStillAt(this.#path, this.#file))) throw new Error('it was removed or replaced');
    const { size } = await this.#file.stat();
    if (size < this.#size + written) throw new Error('it was shortened');
    this.#size = size;
  }
}

interface Content {
  readonly entries: readonly JournalEntry[];
  readonly locks: readonly LockLine[];
  /** Whether the last line has no end. */
  readonly isTorn: boolean;
  /** Checksum of the last entry; undefined where entries have none. */
  readonly sum: string | undefined;
}

/**
 * Everything in the file. A line that is not JSON was torn by a crash: it is the last one, or the next is a
 * lock, because the next process took the journal first.
 */
async function read(file: FileHandle, path: string): Promise<Content> {
  const entries: JournalEntry[] = [];
  const locks: LockLine[] = [];
  let torn: number | undefined;
  let number = 0;
  let isTorn = false;
  let sum: string | undefined = '';
  for await (const { text, ended } of lines(file)) {
    number += 1;
    isTorn = !ended;
    if (text === '') continue;
    // Whole without its end of line, too: it states a fact or an intention, and either may be believed.
    const [, said = ''] = sealed.exec(text) ?? [];
    const plain = text.replace(sealed, '}');
    const entry = parse(plain);
    if (torn !== undefined && entry?.type !== 'lock') {
      throw new JournalError('damaged', `The journal ${path} is damaged in line ${torn}.`);
    }
    torn = entry ? undefined : number;
    if (!entry) continue;
    if (entry.type === 'lock' || entry.type === 'unlock') {
      locks.push(entry);
      continue;
    }
    // Other programs may write journals without checksums, but not in part.
    if (said === '' && (sum === undefined || entries.length === 0)) {
      sum = undefined;
      entries.push(entry);
      continue;
    }
    sum = sum === undefined ? 'none' : checksum(sum + plain);
    // A bit that flipped, or a line that is missing, doubled or moved.
    if (said !== sum) {
      throw new JournalError('damaged', `The journal ${path} is damaged in line ${number}.`);
    }
    entries.push(entry);
  }
  return { entries, locks, isTorn, sum };
}

function parse(line: string): JournalEntry | LockLine | undefined {
  try {
    const json: unknown = JSON.parse(line);
    // A process that can write the journal can run the plan, so both are trusted alike.
    if (typeof json === 'object' && json !== null && 'type' in json) return json as JournalEntry;
  } catch {
    return undefined;
  }
  return undefined;
}

async function* lines(
  file: FileHandle,
): AsyncGenerator<{ readonly text: string; readonly ended: boolean }> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(1 << 18);
  let rest = '';
  for (let position = 0; ;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    position += bytesRead;
    rest += decoder.decode(buffer.subarray(0, bytesRead), { stream: bytesRead > 0 });
    const found = rest.split('\n');
    rest = found.pop() ?? '';
    for (const text of found) yield { text, ended: true };
    if (bytesRead > 0) continue;
    if (rest !== '') yield { text: rest, ended: false };
    return;
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const sealed = /,"sum":"([0-9a-f]+)"\}$/;

/** Tells damage, not malice: whoever may write the journal can run the plan (64 bits, as FNV-1a mixes them). */
function checksum(text: string): string {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 0x01000193) ^ (low >>> 13);
    low = Math.imul(low ^ code ^ (high >>> 7), 0x85ebca6b);
  }
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
}
