// @ts-nocheck
import { memberAt } from '../batch/action/members.js';
import { openOwn } from '../batch/journal/own-file.js';
import { type Journal, type JournalEntry, JournalError } from '../batch/journal/journal.js';

/** How a journal in SQLite behaves. */
export interface SqliteJournalOptions {
  /** Which run of the file it is. Default `run`. */
  readonly run?: string | undefined;
  /**
   * Milliseconds after which another process may take the run over, unless its owner gives a sign of life.
   * Default 10,000.
   */
  readonly lease?: number | undefined;
}

/** What is used of `node:sqlite` and of `better-sqlite3`. */
interface Sqlite {
  exec(text: string): unknown;
  prepare(text: string): {
    run(...values: readonly unknown[]): unknown;
    all(...values: readonly unknown[]): readonly unknown[];
  };
  close(): unknown;
}

interface Owned {
  readonly database: Sqlite;
  readonly epoch: number;
  readonly beat: ReturnType<typeof setInterval>;
  next: number;
}

const tables = `
  create table if not exists owners (run text primary key, epoch integer not null, until integer not null);
  create table if not exists journal (
    run text not null, seq integer not null, entry text not null, primary key (run, seq)
  );
`;

/**
 * A journal in a SQLite file, which holds many runs: for several processes of one machine. It needs Node 22.13
 * or newer, or the package `better-sqlite3`. One process at a time has a run; once it has given no sign of life
 * for so long as its lease lasts, another may take the run over, and what the first one writes is refused.
 */
export function sqliteJournal(
  path: string,
  { run = 'run', lease = 10_000 }: SqliteJournalOptions = {},
): Journal {
  let owned: Owned | undefined;
  const mine = (): Owned => {
    if (owned) return owned;
    throw new JournalError('unwritable', `The journal ${path} is not open.`);
  };
  const refuse = (): never => {
    throw new JournalError('in-use', `The journal ${path} was taken over by another process.`);
  };
  /** Does something as the owner, and stays the owner for so long as the lease lasts. */
  const asOwner = ({ database, epoch }: Owned, act: () => void): void =>
    inTransaction(database, () => {
      const [owner] = database.prepare('select epoch from owners where run = ?').all(run);
      if (memberAt(owner, ['epoch']) !== epoch) refuse();
      act();
      database.prepare('update owners set until = ? where run = ?').run(Date.now() + lease, run);
    });
  return {
    open: async () => {
      if (owned) throw new JournalError('in-use', `The journal ${path} is in use by another run.`);
      const database = await openDatabase(path);
      try {
        const { epoch, entries } = inTransaction(database, () => take(database, run, lease, path));
        const beat = setInterval(() => {
          // Whoever appends next hears of it.
          if (owned) ignoring(() => asOwner(mine(), () => {}));
        }, lease / 5);
        // Node's timers have it.
        (beat as { unref?: () => void }).unref?.();
        owned = { database, epoch, beat, next: entries.length };
        return entries;
      } catch (error) {
        database.close();
        throw error;
      }
    },
    append: async (entry) => {
      const owner = mine();
      const { database } = owner;
      try {
        asOwner(owner, () => {
          database
            .prepare('insert into journal (run, seq, entry) values (?, ?, ?)')
            .run(run, owner.next, JSON.stringify(entry));
        });
        owner.next += 1;
      } catch (cause) {
        if (cause instanceof JournalError) throw cause;
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new JournalError('unwritable', `The journal ${path} cannot be written: ${why}`, {
          cause,
        });
      }
    },
    close: async () => {
      const owner = owned;
      owned = undefined;
      if (!owner) return;
      const { database, epoch, beat } = owner;
      clearInterval(beat);
      database.prepare('update owners set until = 0 where run = ? and epoch = ?').run(run, epoch);
      database.close();
    },
  };
}

/** @throws JournalError where another process has it. */
function take(
  database: Sqlite,
  run: string,
  lease: number,
  path: string,
): { readonly epoch: number; readonly entries: readonly JournalEntry[] } {
  const [owner] = database.prepare('select epoch, until from owners where run = ?').all(run);
  const now = Date.now();
  if (Number(memberAt(owner, ['until']) ?? 0) > now)
    throw new JournalError('in-use', `The run ${run} of ${path} is in use by another process.`);
  const epoch = Number(memberAt(owner, ['epoch']) ?? 0) + 1;
  database
    .prepare('insert or replace into owners (run, epoch, until) values (?, ?, ?)')
    .run(run, epoch, now + lease);
  const rows = database
    .prepare('select seq, entry from journal where run = ? order by seq')
    .all(run);
  const entries = rows.map((row, index) => {
    if (memberAt(row, ['seq']) !== index)
      throw new JournalError('damaged', `The run ${run} of ${path} lacks entry ${index}.`);
    // What it says is checked by those who take it up.
    return JSON.parse(String(memberAt(row, ['entry']))) as JournalEntry;
  });
  return { epoch, entries };
}

function inTransaction<T>(database: Sqlite, act: () => T): T {
  database.exec('begin immediate');
  try {
    const result = act();
    database.exec('commit');
    return result;
  } catch (error) {
    ignoring(() => database.exec('rollback'));
    throw error;
  }
}

function ignoring(act: () => unknown): void {
  try {
    act();
  } catch {
    // There is nothing to be done about it.
  }
}

/** The file is for its owner alone, as those of other journals are. */
async function openDatabase(path: string): Promise<Sqlite> {
  const file = await openOwn(path).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new JournalError('unwritable', `The journal ${path} cannot be written: ${why}`, {
      cause,
    });
  });
  await file.close();
  const database = await constructed(path);
  // Processes wait for each other; what is committed is on disk.
  database.exec(
    'pragma busy_timeout = 10000; pragma journal_mode = wal; pragma synchronous = full',
  );
  database.exec(tables);
  return database;
}

async function constructed(path: string): Promise<Sqlite> {
  const native = await import('node:sqlite' as string).catch(() => undefined);
  // The types stand above.
  if (native)
    return new (native as { DatabaseSync: new (path: string) => Sqlite }).DatabaseSync(path);
  const other = await import('better-sqlite3' as string).catch((cause: unknown) => {
    throw new Error(
      'A journal in SQLite needs Node 22.13 or newer, or the package better-sqlite3: npm install better-sqlite3',
      { cause },
    );
  });
  return new (other as { default: new (path: string) => Sqlite }).default(path);
}
