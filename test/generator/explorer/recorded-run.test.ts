import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { journalReader } from '../../../templates/explorer/page/dialect-batch.ts';
import {
  readRun as read,
  type RecordedRun,
} from '../../../templates/explorer/page/recorded-run.ts';
import { indexOf, pageOf, petStore } from './pages.ts';
import { fileJournal } from '../../../templates/runtime/batch/journal/file-journal.ts';
import { bench, organizationId, ports, updateNetwork } from '../../runtime/batch/fixtures.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'explorer-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** As the page of an API with Meraki's batches reads it. */
async function readRun(text: string): Promise<RecordedRun> {
  const { batching } = indexOf(await pageOf(petStore));
  return read(text, 'run.jsonl', batching && journalReader(batching));
}

const failing = updateNetwork({ networkId: 'N_1', body: { n: 1, fail: 'the name is taken' } });

/** The text of a journal whose run changed ports, and failed to change a network. */
async function journalText(): Promise<string> {
  await using at = await bench();
  const path = join(folder, `${crypto.randomUUID()}.jsonl`);
  const options = { organizationId, journal: fileJournal(path), onError: 'continue' as const };
  await at.batch.run([...ports(3), failing], options);
  return readFile(path, 'utf8');
}

test('reads what came of each action from a journal', async () => {
  const { kind, dialect, scope, batches } = await readRun(await journalText());
  expect({ kind, dialect, scope }).toEqual({
    kind: 'journal',
    dialect: 'meraki',
    scope: `organizationId ${organizationId}`,
  });
  const actions = batches.flatMap((batch) => batch.actions);
  expect(actions.map(({ operationId, outcome }) => [operationId, outcome?.status])).toEqual([
    ['updateDeviceSwitchPort', 'applied'],
    ['updateDeviceSwitchPort', 'applied'],
    ['updateDeviceSwitchPort', 'applied'],
    ['updateNetwork', 'failed'],
  ]);
  expect(actions[3]?.outcome).toMatchObject({ error: { message: 'the name is taken' } });
});

test('leaves out a last line that a crash tore', async () => {
  const text = await journalText();
  const { batches } = await readRun(text.slice(0, -20));
  expect(batches.flatMap(({ actions }) => actions)).toHaveLength(4);
});

test('does not know what came of what was under way', async () => {
  const lines = (await journalText()).split('\n');
  const confirmed = lines.findIndex((line) => line.includes('"type":"confirm"'));
  const { batches } = await readRun(lines.slice(0, confirmed + 1).join('\n'));
  const outcomes = batches.flatMap(({ actions }) => actions.map(({ outcome }) => outcome?.status));
  expect(outcomes).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
});

test.each([
  ['a line that is gone', (lines: string[]) => lines.toSpliced(3, 1), 4],
  ['a line that is there twice', (lines: string[]) => lines.toSpliced(3, 0, lines[3] ?? ''), 5],
  [
    'an altered line',
    (lines: string[]) => lines.map((line) => line.replace('ports/1"', 'ports/9"')),
    3,
  ],
])('refuses a journal with %s', async (_what, damage, line) => {
  const lines = (await journalText()).split('\n');
  await expect(readRun(damage(lines).join('\n'))).rejects.toThrow(
    `The journal run.jsonl is damaged in line ${line}.`,
  );
});

/** A journal of other programs may have no checksums. */
const plainRun = JSON.stringify({
  type: 'run',
  version: 1,
  dialect: 'meraki',
  scope: { organizationId: '1' },
  mode: 'sync',
  ordered: false,
  onError: 'stop',
  concurrency: 5,
  stream: false,
});

test.each([
  '{"type":"strange"}',
  '{"type":"confirm"}',
  '{"type":"batch","batch":0,"after":[],"wave":0,"bytes":1,"units":[{}]}',
])('refuses a journal with an entry that no run writes: %s', async (line) => {
  await expect(readRun(`${plainRun}\n${line}\n`)).rejects.toThrow(
    'The journal is damaged in entry 2.',
  );
});

test('refuses the journal of another API', async () => {
  await expect(readRun(plainRun.replace('meraki', 'axapi'))).rejects.toThrow(
    'The journal is of the dialect axapi, and this API has another.',
  );
});

test('reads a plan', async () => {
  await using at = await bench();
  const plan = at.batch.plan(ports(150));
  const { kind, batches } = await readRun(JSON.stringify(plan));
  expect(kind).toBe('plan');
  expect(batches.map(({ wave, actions }) => [wave, actions.length])).toEqual([
    [0, 100],
    [0, 50],
  ]);
});

test('shows no secret of a journal', async () => {
  await using at = await bench();
  const path = join(folder, 'secret.jsonl');
  const body: object = { n: 1, psk: 'correct horse' };
  const action = updateNetwork({ networkId: 'N_1', body });
  await at.batch.run([action], { organizationId, journal: fileJournal(path) });
  const text = await readFile(path, 'utf8');
  expect(text).toContain('correct horse');
  expect(JSON.stringify(await readRun(text))).not.toContain('correct horse');
});

test.each(['', 'id,name\n1,a', '{"batches":1}', '[]', 'null', '{"type":"draft","batch":0}'])(
  'refuses what is neither: %o',
  async (text) => {
    await expect(readRun(text)).rejects.toThrow(
      'The file is neither a plan nor a journal of batchwright.',
    );
  },
);
