import type { Journal, JournalEntry } from '../../../../templates/runtime/batch/journal/journal.ts';

/** What a disk keeps of a journal, whatever becomes of the processes that write it. */
export type Disk = string[];

/**
 * The journal of one process on a disk. With the entry after so many, the process dies: `died` is called,
 * and nothing that it waits for ever comes. Whether that entry reached the disk is up to `isWritten`.
 */
export function cutJournal(
  disk: Disk,
  cut: { readonly after: number; readonly isWritten: boolean; readonly died: () => void },
): Journal {
  let count = 0;
  let isDead = false;
  const write = (entry: JournalEntry): void => void disk.push(JSON.stringify(entry));
  return {
    // It wrote them itself.
    open: () => Promise.resolve(disk.map((line) => JSON.parse(line) as JournalEntry)),
    append: (entry) => {
      if (isDead) return new Promise(() => {});
      count += 1;
      if (count <= cut.after) {
        write(entry);
        return Promise.resolve();
      }
      isDead = true;
      if (cut.isWritten) write(entry);
      cut.died();
      return new Promise(() => {});
    },
    close: () => Promise.resolve(),
  };
}
