import { readContent } from '../../runtime/batch/journal/journal-lines.ts';
import type { JournalEntry } from '../../runtime/batch/journal/journal.ts';
import type { Outcome } from '../../runtime/batch/outcome/outcome.ts';
import { redact } from '../../runtime/batch/plan/redact.ts';
import type { JournalReport } from '../../runtime/batch/undo/types.ts';
import type { JournalReader } from './dialect-batch.ts';

/** What a file of a plan or a journal says, for people. */
export interface RecordedRun {
  readonly kind: 'plan' | 'journal';
  readonly dialect: string;
  /** `organizationId 1234`, where a journal says it. */
  readonly scope: string;
  readonly batches: readonly RecordedBatch[];
  /** What happened to the run as a whole. */
  readonly notes: readonly string[];
}

export interface RecordedBatch {
  readonly index: number;
  readonly wave: number;
  readonly after: readonly number[];
  readonly bytes: number;
  readonly actions: readonly RecordedAction[];
}

export interface RecordedAction {
  /** In the plan. */
  readonly index: number;
  readonly operationId: string;
  /** Secrets have other values. */
  readonly wire: unknown;
  /** Absent in a plan. */
  readonly outcome?: Outcome | undefined;
}

/** A file that holds neither a plan nor a journal of this API. */
export class NotARun extends Error {
  override readonly name = 'NotARun';
}

/**
 * Reads the text of a plan (`JSON.stringify(plan)`) or of a journal file.
 *
 * @throws NotARun
 * @throws JournalError where a journal is damaged, or does not hold all of its plan.
 */
export async function readRun(
  text: string,
  name: string,
  reader: JournalReader | undefined,
): Promise<RecordedRun> {
  const plan = parsed(text);
  if (isObject(plan) && Array.isArray(plan['batches'])) return planOf(plan);
  const [first = ''] = text.split('\n', 1);
  const isJournal = isObject(parsed(first)) && first.startsWith('{"type":');
  const entries = isJournal ? await entriesOf(text, name) : [];
  const [run] = entries;
  if (run?.type !== 'run')
    throw new NotARun('The file is neither a plan nor a journal of batchwright.');
  if (reader?.dialect !== run.dialect)
    throw new NotARun(`The journal is of the dialect ${run.dialect}, and this API has another.`);
  const report = await reader.read({
    open: () => Promise.resolve(entries),
    append: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });
  const { outcomes, plan: planned } = report;
  const operations = new Map(
    entries.flatMap((entry) =>
      entry.type === 'batch'
        ? entry.units.flatMap(({ actions }) =>
            actions.map(({ index, operationId }) => [index, operationId] as const),
          )
        : [],
    ),
  );
  const wires = wiresOf(report);
  return {
    kind: 'journal',
    dialect: run.dialect,
    scope: Object.entries(run.scope)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
    notes: entries.flatMap(noteOf),
    batches: planned.batches.map(({ index: number, wave, after, bytes, actions }) => ({
      index: number,
      wave,
      after,
      bytes,
      actions: actions.map((index) => ({
        index,
        operationId: operations.get(index) ?? '',
        wire: wires.get(index),
        outcome: outcomes[index],
      })),
    })),
  };
}

/** What each action sends, without its secrets, by its index in the plan. */
function wiresOf({ plan }: JournalReport): ReadonlyMap<number, unknown> {
  const { batches } = objectOf(plan.toJSON());
  return new Map(
    list(batches).flatMap((batch, at) => {
      const indexes = plan.batches[at]?.actions ?? [];
      return list(objectOf(batch)['actions']).map(
        (wire, place) => [indexes[place] ?? -1, wire] as const,
      );
    }),
  );
}

function planOf(plan: Readonly<Record<string, unknown>>): RecordedRun {
  let next = 0;
  const batches = list(plan['batches']).map((batch, at): RecordedBatch => {
    const { index = at, wave = 0, after, bytes = 0, actions } = objectOf(batch);
    return {
      index: Number(index),
      wave: Number(wave),
      after: list(after).map(Number),
      bytes: Number(bytes),
      actions: list(actions).map((wire) => ({
        index: next++,
        operationId: '',
        wire: redact(objectOf(wire)),
      })),
    };
  });
  const { dialect } = plan;
  return {
    kind: 'plan',
    dialect: typeof dialect === 'string' ? dialect : '',
    scope: '',
    batches,
    notes: [],
  };
}

/** What an entry says of the run as a whole, and that its outcomes do not. */
function noteOf(entry: JournalEntry): readonly string[] {
  if (entry.type === 'hold')
    return [`The changes are undone at ${dateOf(entry.until)} unless they are kept.`];
  if (entry.type === 'keep') return ['The changes are kept.'];
  if (entry.type === 'undone')
    return [`The changes are undone${entry.isPartly ? ' but for what nothing could undo' : ''}.`];
  if (entry.type === 'retried') return ['What was left was sent under another journal.'];
  if (entry.type === 'others' && entry.ids.length > 0)
    return [`Drafts of others were on the server: ${entry.ids.length}.`];
  if (entry.type === 'left' && entry.drafts.length > 0)
    return [`Drafts may be left on the server: ${entry.drafts.length}.`];
  return [];
}

function dateOf(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? 'an unknown time' : date.toISOString();
}

/** The entries of a journal file, read from its text as the run-time reads the file. */
async function entriesOf(text: string, name: string): Promise<readonly JournalEntry[]> {
  const bytes = new TextEncoder().encode(text);
  const file: Parameters<typeof readContent>[0] = {
    read: (buffer, offset, length, position) => {
      const part = bytes.subarray(position, position + length);
      buffer.set(part, offset);
      return Promise.resolve({ bytesRead: part.length });
    },
  };
  const { entries } = await readContent(file, name);
  return entries;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
