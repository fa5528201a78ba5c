// @ts-nocheck
import { constants } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Outcome } from '../run/client-batch.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';

/** A line of a journal: a call begins, or has ended. */
export type CallEntry =
  /** What was left of the run was sent by a retry. */
  | { readonly type: 'retried' }
  | { readonly type: 'begin'; readonly index: number }
  | { readonly type: 'end'; readonly index: number; readonly outcome: Outcome };

/** What a journal holds of one call. */
export interface CallRecord {
  /** Absent where the call began, and nothing says how it ended. */
  readonly outcome: Outcome | undefined;
}

/** What a journal holds. */
export interface CallRecords {
  /** By the place of the call in its plan. */
  readonly calls: ReadonlyMap<number, CallRecord>;
  readonly isRetried: boolean;
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

  /** What became of the calls so far. Nothing is locked. */
  async read(): Promise<CallRecords> {
    const text = await this.#text();
    const calls = new Map<number, CallRecord>();
    let isRetried = false;
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
      if (entry.type === 'retried') isRetried = true;
      else calls.set(entry.index, { outcome: entry.type === 'end' ? entry.outcome : undefined });
    }
    return { calls, isRetried };
  }

  async #text(): Promise<string> {
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    const flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;
    const file = await open(this.#path, flags).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!file) return '';
    try {
      await this.#checkOwn(file);
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  }

  /** @throws CommandError where others may have written it. */
  async #checkOwn(file: FileHandle): Promise<void> {
    const stat = await file.stat();
    const { uid, mode } = stat;
    const isOwn = process.getuid === undefined || uid === process.getuid();
    if (!stat.isFile() || !isOwn || (process.platform !== 'win32' && (mode & 0o022) !== 0))
      throw new CommandError(
        `The journal ${this.#path} belongs to another user, or others can write it.`,
        exitCode.failed,
      );
  }

  /** Takes the journal for this process, and gives what it holds. */
  async open(): Promise<CallRecords> {
    await this.#lock();
    try {
      const { O_APPEND, O_CREAT, O_RDWR, O_NOFOLLOW = 0 } = constants;
      this.#file = await open(this.#path, O_APPEND | O_CREAT | O_RDWR | O_NOFOLLOW, 0o600);
      await this.#checkOwn(this.#file);
      const { size } = await this.#file.stat();
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
      'type' in entry &&
      (entry.type === 'retried' ||
        ('index' in entry &&
          Number.isInteger(entry.index) &&
          (entry.type === 'begin' || (entry.type === 'end' && 'outcome' in entry))));
    // Checked above; the outcome is this program's own.
    return isEntry ? (entry as CallEntry) : undefined;
  } catch {
    return undefined;
  }
}
