// @ts-nocheck
import { constants } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Outcome } from '../run/client-batch.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';

/** A line of a journal: a call begins, or has ended. */
export type CallEntry =
  | { readonly type: 'begin'; readonly index: number }
  | { readonly type: 'end'; readonly index: number; readonly outcome: Outcome };

/** What a journal holds of one call. */
export interface CallRecord {
  /** Absent where the call began, and nothing says how it ended. */
  readonly outcome: Outcome | undefined;
}

/**
 * What a run of calls has done, an object of JSON a line: each is on disk before the run goes on. One
 * process at a time writes it.
 */
export class CallJournal {
  readonly #path: string;
  #file: FileHandle | undefined;
  #pending = '';
  #written: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  /** What became of the calls so far, by index. Nothing is locked. */
  async read(): Promise<ReadonlyMap<number, CallRecord>> {
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const records = new Map<number, CallRecord>();
    const lines = text.split('\n');
    for (const [at, line] of lines.entries()) {
      if (line === '') continue;
      const entry = parsed(line);
      // A crash may tear the last line.
      if (!entry && at === lines.length - 1) break;
      if (!entry)
        throw new CommandError(
          `The journal ${this.#path} is damaged in line ${at + 1}.`,
          exitCode.failed,
        );
      records.set(entry.index, { outcome: entry.type === 'end' ? entry.outcome : undefined });
    }
    return records;
  }

  /** Takes the journal for this process, and gives what it holds. */
  async open(): Promise<ReadonlyMap<number, CallRecord>> {
    await this.#lock();
    try {
      const { O_APPEND, O_CREAT, O_RDWR, O_NOFOLLOW = 0 } = constants;
      this.#file = await open(this.#path, O_APPEND | O_CREAT | O_RDWR | O_NOFOLLOW, 0o600);
      const { uid, mode, size } = await this.#file.stat();
      const isOwn = process.getuid === undefined || uid === process.getuid();
      if (!isOwn || (process.platform !== 'win32' && (mode & 0o022) !== 0))
        throw new CommandError(
          `The journal ${this.#path} belongs to another user, or others can write it.`,
          exitCode.failed,
        );
      const records = await this.read();
      // After a line that was torn.
      if (size > 0) this.#pending = '\n';
      return records;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Writes a line; resolves when it is on disk. Lines that come meanwhile are written together. */
  async append(entry: CallEntry): Promise<void> {
    this.#pending += `${JSON.stringify(entry)}\n`;
    const before = this.#written;
    this.#written = before.then(async () => {
      const text = this.#pending;
      this.#pending = '';
      if (text === '') return;
      await this.#file?.appendFile(text);
      await this.#file?.datasync();
    });
    // It is for those that wait to say.
    this.#written.catch(() => {});
    return this.#written;
  }

  async close(): Promise<void> {
    await this.#written.catch(() => {});
    await this.#file?.close();
    this.#file = undefined;
    await rm(this.#lockPath, { force: true });
  }

  get #lockPath(): string {
    return `${this.#path}.lock`;
  }

  async #lock(): Promise<void> {
    const own = `${hostname()} ${process.pid}\n`;
    for (let tries = 1; ; tries += 1) {
      try {
        const lock = await open(this.#lockPath, 'wx', 0o600);
        await lock.writeFile(own);
        await lock.close();
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || tries === 3) throw error;
      }
      const holder = await readFile(this.#lockPath, 'utf8').catch(() => '');
      if (holder !== '' && (await lives(holder)))
        throw new CommandError(
          `The run is under way in process ${holder.trim()}. If that is not so, remove ${this.#lockPath}.`,
          exitCode.failed,
        );
      // Of several that find it left behind, one gets it away.
      const away = `${this.#lockPath}.${process.pid}`;
      await rename(this.#lockPath, away).catch(() => {});
      await rm(away, { force: true });
    }
  }
}

async function lives(holder: string): Promise<boolean> {
  const [host, pid] = holder.trim().split(' ');
  // Nobody can see from here what runs elsewhere.
  if (host !== hostname()) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function parsed(line: string): CallEntry | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    const isEntry =
      typeof entry === 'object' &&
      entry !== null &&
      'index' in entry &&
      Number.isInteger(entry.index) &&
      'type' in entry &&
      (entry.type === 'begin' || (entry.type === 'end' && 'outcome' in entry));
    // Checked above; the outcome is this program's own.
    return isEntry ? (entry as CallEntry) : undefined;
  } catch {
    return undefined;
  }
}
