/**
 * A process that opens a journal, says so, and writes into it until it may not:
 * `node journal-holder.js <journal> <heartbeat>`. It says `open`, or why it cannot, and `lost` in the end.
 */
import { fileJournal } from '../../../../templates/runtime/batch/journal/file-journal.ts';
import { JournalError } from '../../../../templates/runtime/batch/journal/journal.ts';

const [path = '', heartbeat = '50'] = process.argv.slice(2);
const journal = fileJournal(path, { heartbeat: Number(heartbeat) });

function say(word: string): void {
  process.stdout.write(`${word}\n`);
}

try {
  await journal.open();
  say('open');
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await journal.append({ type: 'planned' }).catch(() => {
      say('lost');
      process.exit(0);
    });
  }
} catch (error) {
  say(error instanceof JournalError ? error.reason : String(error));
}
