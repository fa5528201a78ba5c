/** How many lines a second the journal of a run takes: `{ connection, schema, run, lines }` as its argument. */
import { Lease } from '../generated/meraki/src/runtime/fleet/lease.js';
import { openPool } from '../generated/meraki/src/runtime/fleet/postgres.js';
import { postgresJournal } from '../generated/meraki/src/runtime/fleet/postgres-journal.js';

interface Argument {
  readonly connection: string;
  readonly schema: string;
  readonly run: string;
  readonly lines: number;
}

// The bench writes it.
const { connection, schema, run, lines } = JSON.parse(process.argv[2] ?? '') as Argument;
const same = (text: string): string => text;
const pool = await openPool(connection, 12);
const store = { pool, schema, seal: same, open: same };
const { signal } = new AbortController();
const lease = await Lease.take(store, { unit: '7', worker: 'bench', ms: 60_000, signal });
const journal = postgresJournal(store, run, lease);
await journal.open();
const began = performance.now();
await Promise.all(
  Array.from({ length: lines }, (_, index) =>
    journal.append({ type: 'draft', batch: index, attempt: 1, id: `${684_547_432 + index}` }),
  ),
);
const seconds = (performance.now() - began) / 1_000;
process.stdout.write(`${JSON.stringify({ seconds })}\n`);
await lease.release();
await pool.end();
