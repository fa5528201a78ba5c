import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { fileJournal } from '../../../templates/runtime/batch/journal/file-journal.ts';
import type { Journal, JournalEntry } from '../../../templates/runtime/batch/journal/journal.ts';
import {
  type Cut,
  cut,
  cuts,
  type Mutation,
  mutated,
  mutations,
} from '../../documents/fuzz/mutate.ts';
import { organizationId } from '../../runtime/batch/builders.ts';
import type { HostileAnswer } from './answers.ts';
import { answersOf, draftsOf, records } from './drafts.ts';
import { hostileServer, judged } from './watch.ts';

/** A journal that somebody has changed: the entries of a store, or the text of a file. */
export type JournalCase =
  | {
      readonly kind: 'journal';
      readonly mutations: readonly Mutation[];
      readonly answers: readonly HostileAnswer[];
    }
  | {
      readonly kind: 'journal file';
      readonly mutations: readonly Mutation[];
      readonly cuts: readonly Cut[];
      readonly answers: readonly HostileAnswer[];
    };

export const journalCases: fc.Arbitrary<JournalCase> = fc.oneof(
  fc.record({ kind: fc.constant('journal' as const), mutations, answers: answersOf(records) }),
  fc.record({
    kind: fc.constant('journal file' as const),
    mutations: fc.oneof(fc.constant([]), mutations),
    cuts: fc.oneof(fc.constant([]), cuts),
    answers: answersOf(records),
  }),
);

/** What is wrong with how a run is taken up from it. */
export async function judgeJournal(one: JournalCase): Promise<readonly string[]> {
  const server = hostileServer(one.answers);
  const { batch, clock } = draftsOf(server);
  const entries = mutated(recorded, one.mutations);
  // What a changed journal says was applied may stay so.
  const judge = (journal: Journal): Promise<readonly string[]> =>
    judged(
      server,
      clock,
      () => batch.resume(journal),
      () => true,
    );
  if (one.kind === 'journal') return judge(journalOf(entries));
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-journal-'));
  try {
    const path = join(folder, 'run.jsonl');
    const lines = [entries].flat().map((entry) => JSON.stringify(entry) ?? '');
    writeFileSync(path, cut(`${lines.join('\n')}\n`, one.cuts), { mode: 0o600 });
    return await judge(fileJournal(path));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a run writes down that ends while its draft is open. */
const recorded: readonly JournalEntry[] = [
  {
    type: 'run',
    version: 1,
    dialect: 'meraki',
    scope: { organizationId },
    mode: 'async',
    ordered: false,
    onError: 'stop',
    concurrency: 5,
    stream: false,
  },
  {
    type: 'batch',
    batch: 0,
    after: [],
    wave: 0,
    bytes: 200,
    units: ['N_1', 'N_2'].map((id, index) => ({
      group: false,
      actions: [
        {
          index,
          operationId: 'updateNetwork',
          wire: { resource: `/networks/${id}`, operation: 'update', body: { name: 'a' } },
        },
      ],
    })),
  },
  { type: 'planned' },
  { type: 'others', ids: ['7'] },
  { type: 'submit', batch: 0, attempt: 0 },
  { type: 'draft', batch: 0, attempt: 0, id: '12' },
  { type: 'confirm', batch: 0, attempt: 0 },
];

/** A store that somebody else can write. */
function journalOf(entries: unknown): Journal {
  return {
    // That is what hostile means here.
    open: () => Promise.resolve(entries as readonly JournalEntry[]),
    append: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
