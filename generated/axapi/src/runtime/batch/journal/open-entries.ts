import { type Journal, type JournalEntry, JournalError } from './journal.js';

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

/** What each entry holds is checked where it is used. */
function isList(entries: unknown): entries is readonly JournalEntry[] {
  return (
    Array.isArray(entries) && entries.every((entry) => typeof entry === 'object' && entry !== null)
  );
}
