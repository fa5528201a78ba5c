// @ts-nocheck
import { type Journal, type JournalEntry, JournalError } from '../batch/journal/journal.js';
import { systemClock } from '../batch/pace/system-clock.js';
import { LeaseError, type Lease, ownerIn } from './lease.js';
import { askBriefly, isConnectionLost } from './postgres.js';
import { statementSize } from './statement-size.js';
import type { Store } from './store.js';

/** Milliseconds before a statement that found no database is sent again. */
const retryPause = 250;

interface Pending {
  readonly text: string;
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * The journal of a run in PostgreSQL. A line is added only while the epoch of the lease is the newest of its
 * unit, in one statement: a worker that was suspended and wakes can write nothing, and so send nothing. While
 * the database cannot be reached, adding waits, as long as the lease lasts.
 */
export function postgresJournal(store: Store, run: string, lease: Lease): Journal {
  let next = 0;
  let isWriting = false;
  let failure: { readonly error: unknown } | undefined;
  let pending: Pending[] = [];

  const write = async (): Promise<void> => {
    isWriting = true;
    while (pending.length > 0) {
      const batch = pending.splice(0, statementSize(pending, 0));
      try {
        if (failure) throw failure.error;
        await appendAll(store, { run, lease, first: next, texts: batch.map(({ text }) => text) });
        next += batch.length;
        for (const { done } of batch) done();
      } catch (error) {
        failure ??= { error };
        for (const { fail } of batch) fail(error);
      }
    }
    isWriting = false;
  };

  return {
    open: async () => {
      lease.check();
      const entries = await readJournalOf(store, run);
      next = entries.length;
      return entries;
    },
    append: async (entry) => {
      const text = await store.seal(JSON.stringify(entry));
      return new Promise<void>((done, fail) => {
        pending.push({ text, done, fail });
        if (!isWriting) void write();
      });
    },
    close: async () => {
      pending = [];
    },
  };
}

/** Whether a run has begun to write its journal. */
export async function hasEntries({ pool, schema }: Store, run: string): Promise<boolean> {
  const { rows } = await pool.query(`select 1 from ${schema}.journal where run = $1 limit 1`, [
    run,
  ]);
  return rows.length > 0;
}

/** A journal that is only read. */
export function recordedJournal(store: Store, run: string): Journal {
  return {
    open: () => readJournalOf(store, run),
    append: () => Promise.reject(new JournalError('unwritable', 'The journal is only read here.')),
    close: async () => {},
  };
}

async function readJournalOf(store: Store, run: string): Promise<readonly JournalEntry[]> {
  const { rows } = await store.pool.query(
    `select seq, entry from ${store.schema}.journal where run = $1 order by seq`,
    [run],
  );
  return Promise.all(
    rows.map(async ({ seq, entry }, index) => {
      if (seq !== index)
        throw new JournalError('damaged', `The journal of run ${run} lacks entry ${index}.`);
      // Whoever takes it up checks what it says.
      return JSON.parse(await store.open(String(entry))) as JournalEntry;
    }),
  );
}

interface Lines {
  readonly run: string;
  readonly lease: Lease;
  readonly first: number;
  readonly texts: readonly string[];
}

/**
 * Adds lines in one statement. A line that is there already was written by a try whose answer was lost: older
 * owners could write nothing since this one has read the journal.
 *
 * @throws JournalError where the lease has ended.
 */
async function appendAll({ pool, schema }: Store, lines: Lines): Promise<void> {
  const { run, lease, first, texts } = lines;
  for (;;) {
    try {
      lease.check();
      const { rows } = await askBriefly(
        pool,
        `with ${ownerIn(schema)}, added as (
           insert into ${schema}.journal (run, seq, entry)
           select $3, $4 + line.place - 1, line.entry
           from owner, unnest($5::text[]) with ordinality as line (entry, place)
           on conflict do nothing
         )
         select count(*)::int as owners from owner`,
        [lease.unit, lease.epoch, run, first, texts],
      );
      if (rows[0]?.['owners'] === 1) return;
      throw new LeaseError(lease.unit);
    } catch (cause) {
      if (cause instanceof LeaseError)
        throw new JournalError('in-use', `${cause.message} The run goes on there.`, { cause });
      if (!isConnectionLost(cause)) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new JournalError(
          'unwritable',
          `The journal of run ${run} cannot be written: ${why}`,
          {
            cause,
          },
        );
      }
      await systemClock.sleep(retryPause, lease.signal);
    }
  }
}
