import { action } from '../../../../templates/runtime/batch/action/action.ts';
import { createBatch } from '../../../../templates/runtime/batch/draft/draft-batch.ts';
import {
  type Journal,
  type JournalEntry,
  memoryJournal,
  readEntries,
} from '../../../../templates/runtime/batch/journal/journal.ts';
import { createRequestBatch } from '../../../../templates/runtime/batch/request/request-batch.ts';
import { createClient } from '../../../../templates/runtime/client.ts';
import { VirtualClock } from '../../../simulators/clock.ts';
import type { Conduct } from '../../../simulators/independent/conduct.ts';
import { Connection } from '../../../simulators/independent/connection.ts';
import { IndependentServer } from '../../../simulators/independent/server.ts';
import { randomOf } from '../../../simulators/random.ts';
import { RewritingServer, shapes } from '../../../simulators/rewriting/server.ts';
import { meraki } from '../meraki.ts';
import { axapi, canned, change, graph, journyx } from '../requests/fixtures.ts';
import { cutJournal, type Disk } from './cut-journal.ts';
import { type ElementMode, runElementTrial } from './element-trial.ts';
import { runTrial, type Trial } from './trial.ts';

/** What a run has written, and how to read it. */
export interface RecordedJournal {
  readonly entries: readonly JournalEntry[];
  /** A journal's report, as text. */
  readonly read: (journal: Journal) => Promise<string>;
}

const alive = { after: Infinity, isWritten: true, died: () => {} };
const load = { failing: 0.2, families: 0.1 };

/** Journals of small runs of each kind, each time another. */
export function recordJournal(seed: number): Promise<RecordedJournal> {
  return kinds[seed % kinds.length]!(seed);
}

const kinds: readonly ((seed: number) => Promise<RecordedJournal>)[] = [
  (seed) => ofDrafts({ conduct: { lost: { POST: 0.2, PUT: 0.2 } }, load }, seed, 0),
  // Drafts that are lost, refused and left, by processes that die.
  (seed) => {
    const lost = { POST: 0.3, PUT: 0.4 };
    const conduct: Conduct =
      roundOf(seed) % 2 === 0
        ? { lost, secondConfirmation: 'refused' }
        : { failing: [{ route: 'PUT', how: 500, from: 0, until: Infinity }] };
    return ofDrafts({ conduct, load, hasOldTwins: true, timeout: 60_000 }, seed, 2);
  },
  ofRequests,
  held,
  ofFewRequests,
  retried,
];

/** How many journals of its kind were before it. */
function roundOf(seed: number): number {
  return Math.floor(seed / kinds.length);
}

async function ofDrafts(trial: Trial, seed: number, kills: number): Promise<RecordedJournal> {
  const disk: Disk = [];
  await runTrial(trial, seed, 1 + (seed % 5), kills, disk);
  return { entries: entriesOf(disk), read: readDrafts };
}

async function ofRequests(seed: number): Promise<RecordedJournal> {
  const dialect = (['axapi', 'journyx', 'graph'] as const)[seed % 3]!;
  const disk: Disk = [];
  const mode: ElementMode = { name: dialect, dialect, conduct: { faults: 0.3 } };
  await runElementTrial(mode, seed, 2 + (seed % 4), 1, disk);
  return { entries: entriesOf(disk), read: readRequests(dialect) };
}

/** A server that lets nobody in at first. */
async function ofFewRequests(seed: number): Promise<RecordedJournal> {
  const { client, clock } = canned(
    [403, {}],
    [200, { results: [{ index: 0, status: 200, body: { id: String(seed) } }] }],
  );
  const batch = createRequestBatch(client, journyx, clock);
  const journal = memoryJournal();
  await batch.run([change('PUT', `/api/v1/projects/${seed}`, { name: 'x' })], { journal });
  await batch.resume(journal);
  return { entries: await readEntries(journal), read: readRequests('journyx') };
}

/** Changes that are kept, kept for longer, or undone. */
async function held(seed: number): Promise<RecordedJournal> {
  const clock = new VirtualClock();
  const server = new RewritingServer('meraki', { replaces: true }, clock);
  const { collection, key } = shapes.meraki;
  for (const id of ['1', '2']) server.store.seed(`${collection}/${id}`, { id, name: 'old' });
  const resource = {
    read: true,
    list: true,
    create: ['name'],
    update: ['name'],
    destroy: true,
    orderedLists: [],
  };
  const effects = () =>
    Promise.resolve({ resources: { [`${collection}/{${key}}`]: resource }, verbs: {} });
  const connection = new Connection(server, clock, randomOf(seed));
  const client = createClient({
    baseUrl: 'http://127.0.0.1/api/v1',
    fetch: connection.fetch,
  });
  const batch = createBatch(client, { ...meraki, effects }, clock);
  const disk: Disk = [];
  const run = batch.run(
    [
      action('update', { resource: `${collection}/1`, operation: 'update', body: { name: 'NEW' } }),
      action('destroy', { resource: `${collection}/2`, operation: 'destroy' }),
    ],
    { organizationId: '1', journal: cutJournal(disk, alive), confirmWithin: 60_000 },
  );
  await run;
  if (roundOf(seed) % 3 > 0) await run.keep({ confirmWithin: 30_000 });
  if (roundOf(seed) % 3 > 1) await run.keep();
  await run.held();
  return { entries: entriesOf(disk), read: readDrafts };
}

/** What was refused is sent again, under another journal. */
async function retried(seed: number): Promise<RecordedJournal> {
  const disk: Disk = [];
  await runTrial({ conduct: {}, load: { failing: 0.6 } }, seed, 1 + (seed % 5), 0, disk);
  const clock = new VirtualClock();
  const connection = new Connection(new IndependentServer({ seed }), clock, randomOf(seed));
  const client = createClient({ baseUrl: 'http://127.0.0.1/api/v1', fetch: connection.fetch });
  await createBatch(client, meraki, clock).retry(cutJournal(disk, alive));
  return { entries: entriesOf(disk), read: readDrafts };
}

function entriesOf(disk: Disk): readonly JournalEntry[] {
  return disk.map((line) => JSON.parse(line) as JournalEntry);
}

const offline = createClient({
  baseUrl: 'http://127.0.0.1',
  fetch: () => Promise.reject(new Error('A journal is read without the network.')),
});

async function readDrafts(journal: Journal): Promise<string> {
  return String(await createBatch(offline, meraki).readJournal(journal));
}

function readRequests(dialect: 'axapi' | 'journyx' | 'graph'): RecordedJournal['read'] {
  // They differ in the options of their runs alone.
  const known = { axapi, journyx, graph }[dialect] as typeof graph;
  return async (journal) => String(await createRequestBatch(offline, known).readJournal(journal));
}
