import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBatch } from '../../../../templates/runtime/batch/draft/draft-batch.ts';
import { fileJournal } from '../../../../templates/runtime/batch/journal/file-journal.ts';
import { JournalError } from '../../../../templates/runtime/batch/journal/journal.ts';
import { createClient } from '../../../../templates/runtime/client.ts';
import { VirtualClock } from '../../../simulators/clock.ts';
import { Connection } from '../../../simulators/independent/connection.ts';
import { IndependentServer } from '../../../simulators/independent/server.ts';
import { randomOf } from '../../../simulators/random.ts';
import { bearer } from '../../../../templates/runtime/transport/credentials.ts';
import { meraki, type Meraki } from '../meraki.ts';
import { load } from './load.ts';

/** What came of reading damaged journals. */
export interface DamageReport {
  readonly journals: number;
  readonly cases: number;
  /** Refused with a `JournalError`. */
  readonly refused: number;
  /** Read as if nothing had happened. */
  readonly whole: number;
  /** Read as the journal was some entries ago, as after a crash. */
  readonly earlier: number;
  /** Anything else, in words. */
  readonly faults: readonly string[];
}

type Lines = readonly string[];

/** Every byte with a bit flipped, every line dropped, doubled, and swapped with the next. */
function* damaged(text: string, seed: number): Generator<readonly [what: string, Uint8Array]> {
  const bytes = new TextEncoder().encode(text);
  for (const at of bytes.keys()) {
    const one = bytes.slice();
    one[at] = one[at]! ^ (1 << ((at + seed) % 8));
    yield [`byte ${at} flipped`, one];
  }
  const lines = text.split('\n').slice(0, -1);
  const write = (some: Lines): Uint8Array =>
    new TextEncoder().encode(some.map((line) => `${line}\n`).join(''));
  for (const at of lines.keys()) {
    yield [`line ${at + 1} dropped`, write(lines.toSpliced(at, 1))];
    yield [`line ${at + 1} doubled`, write(lines.toSpliced(at, 0, lines[at]!))];
    if (at + 1 < lines.length) {
      yield [`line ${at + 1} swapped`, write(lines.toSpliced(at, 2, lines[at + 1]!, lines[at]!))];
    }
  }
}

/** Makes journals of small runs, damages each in every way, and reads them. */
export async function damageJournals(journals: number): Promise<DamageReport> {
  const folder = await mkdtemp(join(tmpdir(), 'batch-damage-'));
  const path = join(folder, 'journal.jsonl');
  const counts = { cases: 0, refused: 0, whole: 0, earlier: 0 };
  const faults: string[] = [];
  try {
    for (let seed = 1; seed <= journals; seed += 1) {
      const batch = await record(path, seed);
      const text = await readFile(path, 'utf8');
      const entries = await opened(path);
      const prefixes = new Map(
        entries.map((_, index) => [JSON.stringify(entries.slice(0, index)), index]),
      );
      const report = String(await batch.readJournal(fileJournal(path)));
      for (const [what, bytes] of damaged(text, seed)) {
        counts.cases += 1;
        await writeFile(path, bytes);
        const found = JSON.stringify(await opened(path).catch(refusal));
        if (found === '"refused"') counts.refused += 1;
        else if (found === JSON.stringify(entries)) {
          counts.whole += 1;
          await writeFile(path, bytes);
          const again = String(await batch.readJournal(fileJournal(path)));
          if (again !== report) faults.push(`journal ${seed}, ${what}: another report`);
        } else if (prefixes.has(found)) counts.earlier += 1;
        else faults.push(`journal ${seed}, ${what}: ${found.slice(0, 300)}`);
      }
      await rm(path);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return { journals, ...counts, faults };
}

async function opened(path: string): Promise<readonly unknown[]> {
  const journal = fileJournal(path);
  const entries = await journal.open();
  await journal.close();
  return entries;
}

/** An error that is not honest is thrown. */
function refusal(error: unknown): string {
  if (error instanceof JournalError && error.message !== '') return 'refused';
  return `${String(error)}`;
}

/** A run of a few actions, each time another, that writes a journal. */
async function record(path: string, seed: number): Promise<ReturnType<typeof createBatch<Meraki>>> {
  const random = randomOf(seed);
  const server = new IndependentServer({ seed, conduct: { lost: { POST: 0.2, PUT: 0.2 } } });
  const clock = new VirtualClock();
  const connection = new Connection(server, clock, random);
  const client = createClient({
    baseUrl: 'http://127.0.0.1/api/v1',
    credentials: [bearer('key')],
    fetch: connection.fetch,
  });
  const batch = createBatch(client, meraki, clock);
  const { items } = load(server, 1 + (seed % 5), random, { failing: 0.2, families: 0.1 });
  const onError = seed % 2 === 0 ? 'continue' : 'stop';
  const mode = seed % 3 === 0 ? 'async' : 'auto';
  await batch.run(items, { organizationId: '1', onError, mode, journal: fileJournal(path) });
  return batch;
}
