import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileJournal } from '../../../../templates/runtime/batch/journal/file-journal.ts';
import {
  type JournalEntry,
  JournalError,
} from '../../../../templates/runtime/batch/journal/journal.ts';
import { recordJournal } from './recorded-journals.ts';

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
  /** How many entries there were of each type, those of undos included. */
  readonly types: Readonly<Record<string, number>>;
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
export async function damageJournals(seeds: readonly number[]): Promise<DamageReport> {
  const folder = await mkdtemp(join(tmpdir(), 'batch-damage-'));
  const path = join(folder, 'journal.jsonl');
  const counts = { cases: 0, refused: 0, whole: 0, earlier: 0 };
  const faults: string[] = [];
  const types = new Map<string, number>();
  try {
    for (const seed of seeds) {
      const recorded = await recordJournal(seed);
      await writeJournal(path, recorded.entries);
      const text = await readFile(path, 'utf8');
      const entries = await opened(path);
      for (const { type } of flat(entries)) types.set(type, (types.get(type) ?? 0) + 1);
      const prefixes = new Map(
        entries.map((_, index) => [JSON.stringify(entries.slice(0, index)), index]),
      );
      const report = await recorded.read(fileJournal(path));
      for (const [what, bytes] of damaged(text, seed)) {
        counts.cases += 1;
        await writeFile(path, bytes);
        const found = JSON.stringify(await opened(path).catch(refusal));
        if (found === '"refused"') counts.refused += 1;
        else if (found === JSON.stringify(entries)) {
          counts.whole += 1;
          await writeFile(path, bytes);
          const again = await recorded.read(fileJournal(path));
          if (again !== report) faults.push(`journal ${seed}, ${what}: another report`);
        } else if (prefixes.has(found)) counts.earlier += 1;
        else faults.push(`journal ${seed}, ${what}: ${found.slice(0, 300)}`);
      }
      await rm(path);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return { journals: seeds.length, ...counts, types: Object.fromEntries(types), faults };
}

/** Two processes write a journal, one after the other. */
async function writeJournal(path: string, entries: readonly JournalEntry[]): Promise<void> {
  const half = Math.ceil(entries.length / 2);
  for (const part of [entries.slice(0, half), entries.slice(half)]) {
    const journal = fileJournal(path);
    await journal.open();
    for (const entry of part) await journal.append(entry);
    await journal.close();
  }
}

/** Entries, with those that are within them. */
function flat(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  return entries.flatMap((entry) => (entry.type === 'undo' ? [entry, entry.entry] : [entry]));
}

async function opened(path: string): Promise<readonly JournalEntry[]> {
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
