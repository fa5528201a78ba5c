import { type Journal, type JournalEntry, JournalError } from '../meraki/batch';

/**
 * A journal that outlives the page: its entries are in IndexedDB, and a lock of the browser keeps other tabs out. The
 * lock of a page that is gone is free.
 */
export function browserJournal(name: string): Journal {
  let release: (() => void) | undefined;
  let count = 0;
  return {
    async open() {
      const unlock = await lock(name);
      try {
        const entries = await readJournal(name);
        count = entries.length;
        release = unlock;
        return entries;
      } catch (error) {
        unlock();
        throw error;
      }
    },
    async append(entry) {
      const key = [name, count];
      count += 1;
      // An entry that is there already is an error: somebody else writes.
      await change((entries) => entries.add(entry, key));
    },
    async close() {
      release?.();
      release = undefined;
    },
  };
}

/** The entries of a journal, oldest first; nobody is kept out. */
export async function readJournal(name: string): Promise<readonly JournalEntry[]> {
  const database = await open();
  return new Promise((resolve, reject) => {
    const entries = database.transaction(STORE).objectStore(STORE).getAll(rangeOf(name));
    entries.addEventListener('success', () => resolve(entries.result));
    entries.addEventListener('error', () => reject(unusable(entries.error)));
  });
}

/** Forgets journals that no tab uses. */
export async function clearJournals(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const unlock = await lock(name);
    await change((entries) => entries.delete(rangeOf(name))).finally(unlock);
  }
}

const STORE = 'entries';
let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('switch-ports', 1);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE));
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(unusable(request.error)));
  });
  return opened;
}

/** Resolves when the change will survive a crash. */
async function change(act: (entries: IDBObjectStore) => void): Promise<void> {
  const database = await open();
  await new Promise<void>((resolve, reject) => {
    const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(unusable(transaction.error)));
    act(transaction.objectStore(STORE));
  });
}

function rangeOf(name: string): IDBKeyRange {
  return IDBKeyRange.bound([name, 0], [name, Number.MAX_SAFE_INTEGER]);
}

/** Takes the lock; a page that is being left may need a moment to give it back. */
function lock(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(
      `journal ${name}`,
      { signal: AbortSignal.timeout(3_000) },
      () => new Promise<void>((release) => resolve(release)),
    );
    held.catch((cause: unknown) =>
      reject(new JournalError('in-use', 'Another tab runs these changes.', { cause })),
    );
  });
}

function unusable(cause: unknown): JournalError {
  return new JournalError('unwritable', 'The browser does not store the journal.', { cause });
}
