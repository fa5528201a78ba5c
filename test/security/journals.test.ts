import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryJournal } from '../../templates/runtime/batch/journal/journal.ts';
import { fileJournal } from '../../templates/runtime/batch/journal/file-journal.ts';
import { bench, organizationId, ports } from '../runtime/batch/fixtures.ts';
import { updateNetwork } from '../runtime/batch/builders.ts';

let folder = '';
let path = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journals-'));
  path = join(folder, 'run.jsonl');
});

afterEach(() => rm(folder, { recursive: true }));

async function written(): Promise<string> {
  await using at = await bench();
  await at.batch.run(ports(3), { organizationId, journal: fileJournal(path) });
  return readFile(path, 'utf8');
}

async function refusal(text: string): Promise<unknown> {
  await writeFile(path, text);
  await using at = await bench();
  const error: unknown = await at.batch.resume(fileJournal(path)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(at.simulator.seen).toEqual([]);
  return error;
}

describe('a journal is damaged', () => {
  test.for([
    ['where a digit of the scope has flipped', (text: string) => text.replace('"1"', '"2"')],
    ['where a body has another value', (text: string) => text.replace('"body":{"', '"body":{"x')],
    ['where a line is missing', (text: string) => text.split('\n').toSpliced(2, 1).join('\n')],
    [
      'where a line is there twice',
      (text: string) => text.replace(/\n(.*"submit".*)\n/, '\n$1\n$1\n'),
    ],
    [
      'where some lines lost their checksums',
      (text: string) => text.replace(/("submit".*),"sum":"\w+"/, '$1'),
    ],
    [
      'where the first line lost its checksum',
      (text: string) => text.replace(/("run".*),"sum":"\w+"/, '$1'),
    ],
  ] as const)('%s', async ([, damage]) => {
    const text = await written();
    const damaged = damage(text);
    expect(damaged).not.toBe(text);
    expect(await refusal(damaged)).toMatchObject({ name: 'JournalError', reason: 'damaged' });
  });

  test.for([0, -1, 1.5, '5', null])('where it says %j batches at a time', async (concurrency) => {
    const run = { type: 'run', version: 1, dialect: 'meraki', scope: { organizationId: '1' } };
    const entry = {
      ...run,
      mode: 'sync',
      ordered: false,
      onError: 'stop',
      concurrency,
      stream: false,
    };
    const text = `${JSON.stringify(entry)}\n{"type":"planned"}\n`;
    expect(await refusal(text)).toMatchObject({ name: 'JournalError', reason: 'damaged' });
  });

  test.for([{}, { network: '1' }, { OrganizationId: '1' }])(
    'where the run belongs to %j and not to an organization',
    async (scope) => {
      const how = { mode: 'sync', ordered: false, onError: 'stop', concurrency: 5, stream: false };
      const entry = { type: 'run', version: 1, dialect: 'meraki', scope, ...how };
      const text = `${JSON.stringify(entry)}\n{"type":"planned"}\n`;
      expect(await refusal(text)).toMatchObject({
        name: 'JournalError',
        message: 'The journal is damaged: its run has no organizationId.',
      });
    },
  );
});

test.each(['before the lock is let go of', 'before the results', 'at the very end'])(
  'a journal that has lost an end of line %s is refused, or says what was done',
  async (where) => {
    const text = await written();
    const ends = [...text.matchAll(/\n/g)].map(({ index }) => index);
    const back = { 'before the lock is let go of': 2, 'before the results': 3 }[where] ?? 1;
    const at = ends.at(-back) ?? 0;
    for (const other of ['\u000b', '\b', '*', 'J', '']) {
      await writeFile(path, text.slice(0, at) + other + text.slice(at + 1));
      await using server = await bench();
      const result: unknown = await server.batch
        .resume(fileJournal(path))
        .outcomes()
        .catch((error: unknown) => error);
      if (Array.isArray(result))
        expect(result.map(({ status }) => String(status))).toEqual(Array(3).fill('applied'));
      else expect(result).toMatchObject({ name: 'JournalError', reason: 'damaged' });
    }
  },
);

test('a journal of which a bit has flipped is refused, or says what was done', async () => {
  const bytes = Buffer.from(await written());
  await using at = await bench();
  // Every eleventh byte, and over the bits in turn.
  for (let place = 0; place < bytes.length; place += 11) {
    const flipped = Buffer.from(bytes);
    flipped[place]! ^= 1 << (place % 8);
    await writeFile(path, flipped);
    const result: unknown = await at.batch
      .resume(fileJournal(path))
      .outcomes()
      .catch((error: unknown) => error);
    const said: unknown = Array.isArray(result)
      ? result.map(({ status }: { readonly status: string }) => status)
      : result;
    if (Array.isArray(said)) expect(said).toEqual(['applied', 'applied', 'applied']);
    else expect(said).toMatchObject({ name: 'JournalError' });
  }
  expect(at.simulator.seen).toEqual([]);
});

describe('an entry of another store is refused that has', () => {
  const run = { type: 'run', version: 1, dialect: 'meraki', scope: { organizationId: '1' } };
  const first = {
    ...run,
    mode: 'sync',
    ordered: false,
    onError: 'stop',
    concurrency: 1,
    stream: false,
  };
  const action = {
    index: 0,
    operationId: 'a',
    wire: { resource: '/networks/N_1', operation: 'update' },
  };
  const units = [{ group: false, actions: [action] }];
  const batch = { type: 'batch', batch: 0, after: [], wave: 0, bytes: 1, units };
  test.for([
    ['a negative batch', { ...batch, batch: -1 }],
    ['a batch that leaves a gap', { ...batch, batch: 2 }],
    ['no units', { ...batch, units: null }],
    [
      'a negative action',
      { ...batch, units: [{ group: false, actions: [{ ...action, index: -1 }] }] },
    ],
    [
      'a reference to an unknown action',
      {
        ...batch,
        units: [
          {
            group: false,
            actions: [{ ...action, wire: { ...action.wire, body: { '\u0000ref': [7, 'id'] } } }],
          },
        ],
      },
    ],
    ['a type that no run writes', { type: 'toString' }],
    ['a negative attempt', { type: 'submit', batch: 0, attempt: -1 }],
    ['no id of its draft', { type: 'draft', batch: 0, attempt: 0 }],
    ['results that are no list', { type: 'results', batch: 0, attempt: 0, results: {} }],
    ['an end without a result', { type: 'done', batch: 0, attempt: 0 }],
    ['a second beginning', first],
    ['nothing', null],
  ] as const)('%s', async ([, entry]) => {
    const journal = memoryJournal();
    await using at = await bench();
    for (const each of [first, entry, { type: 'planned' }]) await journal.append(each as never);
    await expect(at.batch.resume(journal).outcomes()).rejects.toMatchObject({
      name: 'JournalError',
      reason: 'damaged',
    });
  });
});

test.for([
  { '\u0000ref': [0, 'id'] },
  { '\u0000path': ['/networks/', 'N_2'] },
  { deep: [{ '\u0000\u0000ref': [0, 'id'] }] },
])('data cannot pass for a reference: %j', async (body) => {
  const journal = memoryJournal();
  await using at = await bench();
  // The server is asked to keep what no document describes.
  const sent = updateNetwork({ networkId: 'N_1', body: body as object });
  await at.batch.run([sent], { organizationId, journal });
  const restored: unknown = await at.batch.resume(journal).outcomes();
  expect(restored).toMatchObject([{ status: 'applied' }]);
});

describe.skipIf(process.platform === 'win32')('a file that was there before', () => {
  test('is closed to readers', async () => {
    await writeFile(path, '', { mode: 0o644 });
    const journal = fileJournal(path);
    await journal.open();
    await journal.close();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test.for([0o666, 0o620, 0o602])('is refused where others may write it: %o', async (mode) => {
    await writeFile(path, '');
    await chmod(path, mode);
    await expect(fileJournal(path).open()).rejects.toThrow('other users may write it');
  });
});
