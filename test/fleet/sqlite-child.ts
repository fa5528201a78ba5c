/** A process that takes a run of a SQLite journal, writes entries and waits: until it is killed. */
import { sqliteJournal } from '../../generated/meraki/src/fleet.js';

const [path = '', lease = '10000'] = process.argv.slice(2);
const journal = sqliteJournal(path, { lease: Number(lease) });
const entries = await journal.open();
await journal.append({ type: 'planned' });
process.stdout.write(`${JSON.stringify({ entries: entries.length })}\n`);
setInterval(() => {
  journal.append({ type: 'planned' }).catch((error: unknown) => {
    process.stdout.write(`${JSON.stringify({ refused: String(error) })}\n`);
    process.exit(3);
  });
}, 100);
