import { expect, test, vi } from 'vitest';
import type { JournalEntry } from '../../../../templates/runtime/batch/journal/journal.ts';
import {
  JournalError,
  memoryJournal,
} from '../../../../templates/runtime/batch/journal/journal.ts';
import type { EffectFacts } from '../../../../templates/runtime/batch/protocol/protocol.ts';
import { startAxapi } from '../../../simulators/axapi.ts';
import { startGraph } from '../../../simulators/graph.ts';
import { startJournyx } from '../../../simulators/journyx.ts';
import { cutJournal, type Disk } from '../independent/cut-journal.ts';
import {
  axapi,
  axapiOn,
  change,
  graph,
  graphOn,
  journyx,
  journyxOn,
  post,
  remove,
} from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

const servers = '/axapi/v3/slb/server';
const projects = '/api/v1/projects';

function facts(resources: EffectFacts['resources']): { effects: () => Promise<EffectFacts> } {
  return { effects: () => Promise.resolve({ resources, verbs: {} }) };
}

const a10 = {
  ...axapi,
  ...facts({
    [`${servers}/{name}`]: {
      read: true,
      list: true,
      create: ['server'],
      update: ['server'],
      updateBy: 'PUT',
      destroy: true,
    },
  }),
};
const time = {
  ...journyx,
  ...facts({
    [`${projects}/{projectId}`]: {
      read: true,
      list: true,
      create: ['pname', 'code'],
      update: ['pname', 'code'],
      updateBy: 'PUT',
      destroy: true,
    },
  }),
};
const office = {
  ...graph,
  ...facts({
    '/users/{userId}': {
      read: true,
      list: true,
      create: ['displayName', 'city'],
      update: ['displayName', 'city', 'phones'],
      updateBy: 'PATCH',
      destroy: true,
    },
  }),
};

test('an undo of aXAPI restores what a PUT has replaced, what was created and what was destroyed', async () => {
  await using device = await startAxapi();
  const { batch } = axapiOn(device.baseUrl, a10);
  const at = device.device;
  at.change('/slb/server/s1', { name: 's1', host: '10.0.0.1', weight: 5 });
  at.change('/slb/server/s2', { name: 's2', host: '10.0.0.2' });
  at.change('/slb/server/s4', { name: 's4', host: '10.0.0.4', weight: 7 });
  const journal = memoryJournal();
  await batch.run(
    [
      change('PUT', `${servers}/s1`, { server: { name: 's1', host: '10.9.9.9' } }),
      remove(`${servers}/s2`),
      post(servers, { server: { name: 's3', host: '10.0.0.3' } }, `${servers}/s3`),
      change('POST', `${servers}/s4`, { server: { host: '10.4.4.4' } }),
    ],
    { journal, capture: true },
  );
  expect(at.element('/slb/server/s1')).toEqual({ name: 's1', host: '10.9.9.9' });

  const undo = await batch.undo(journal);
  expect(undo.conflicts).toEqual([]);
  expect(undo.left).toEqual([]);
  const outcomes = await batch.run(undo);
  expect(outcomes.map(({ status }) => status)).toEqual(undo.actions.map(() => 'applied'));
  expect(at.element('/slb/server/s1')).toEqual({ name: 's1', host: '10.0.0.1', weight: 5 });
  expect(at.element('/slb/server/s2')).toEqual({ name: 's2', host: '10.0.0.2' });
  expect(at.element('/slb/server/s3')).toBeUndefined();
  expect(at.element('/slb/server/s4')).toEqual({ name: 's4', host: '10.0.0.4', weight: 7 });
  expect((await batch.undo(journal)).actions).toEqual([]);
});

test('an undo leaves what somebody else has changed since, inside of what was sent as well', async () => {
  await using device = await startAxapi();
  const { batch } = axapiOn(device.baseUrl, a10);
  const at = device.device;
  at.change('/slb/server/s1', { name: 's1', host: '10.0.0.1', weight: 5 });
  at.change('/slb/server/s2', { name: 's2', host: '10.0.0.2', weight: 5 });
  const journal = memoryJournal();
  await batch.run(
    [
      change('POST', `${servers}/s1`, { server: { host: '10.1.1.1' } }),
      change('POST', `${servers}/s2`, { server: { host: '10.2.2.2' } }),
    ],
    { journal, capture: true },
  );
  at.change('/slb/server/s1', { weight: 9 });
  at.change('/slb/server/s2', { host: '10.8.8.8' });
  const undo = await batch.undo(journal);
  await batch.run(undo);
  expect(at.element('/slb/server/s1')).toEqual({ name: 's1', host: '10.0.0.1', weight: 9 });
  expect(at.element('/slb/server/s2')).toMatchObject({ host: '10.8.8.8' });
  expect(undo.conflicts).toEqual([
    {
      path: `${servers}/s2`,
      why: 'it was changed since',
      members: {
        'server/host': { before: '10.0.0.2', wrote: '10.2.2.2', live: '10.8.8.8' },
      },
    },
  ]);
});

test('an undo of Journyx finds what the server has named, and names again what it makes again', async () => {
  await using server = await startJournyx();
  const { batch } = journyxOn(server.baseUrl, time);
  const { site } = server;
  const old = site.put('projects', { pname: 'old', code: 7 });
  const gone = site.put('projects', { pname: 'gone', code: 8 });
  const journal = memoryJournal();
  const made = post(projects, { pname: 'new', code: 9 });
  const [created] = await batch
    .run(
      [
        made,
        change('PUT', `${projects}/${old.id}`, { pname: 'newer' }),
        remove(`${projects}/${gone.id}`),
      ],
      { journal, capture: true },
    )
    .values();
  const { id } = (created as { readonly results: { readonly id: string } }).results;
  expect(site.get('projects', id)).toBeDefined();

  await batch.run(await batch.undo(journal));
  expect(site.get('projects', id)).toBeUndefined();
  expect(site.get('projects', old.id)?.members).toEqual({ id: old.id, pname: 'old', code: 7 });
  expect(site.get('projects', gone.id)).toBeUndefined();
  const { steps } = await batch.preview([remove(`${projects}/${old.id}`)]);
  expect(steps).toMatchObject([{ kind: 'destroy', reversal: { kind: 'newId' } }]);
});

test('an undo of Graph restores what its reads show, and names the rest', async () => {
  await using server = await startGraph();
  const { batch } = graphOn(server.baseUrl, office);
  const { tenant } = server;
  tenant.put('/users/a', { id: 'a', displayName: 'Ada', city: 'Paris' });
  const journal = memoryJournal();
  const actions = [change('PATCH', '/users/a', { displayName: 'Bea', phones: ['1'] })];
  const { steps } = await batch.preview(actions);
  expect(steps).toMatchObject([{ reversal: { kind: 'partly', members: ['phones'] } }]);
  await batch.run(actions, { journal, capture: true });
  const undo = await batch.undo(journal);
  await batch.run(undo);
  expect(tenant.get('/users/a')).toMatchObject({ displayName: 'Ada', city: 'Paris' });
  expect(undo.left).toMatchObject([{ index: 0, why: 'what phones was cannot be read' }]);
});

test('requireReversible sends nothing that cannot be taken back', async () => {
  await using server = await startJournyx();
  const { batch } = journyxOn(server.baseUrl, time);
  const { id } = server.site.put('projects', { pname: 'old' });
  const run = batch.run([change('PUT', `${projects}/${id}`, { comments: 'x' })], {
    requireReversible: true,
  });
  await expect(run.outcomes()).rejects.toThrow('With requireReversible nothing is sent');
  expect(server.site.identities).toEqual([]);
});

test('changes of a configuration with a version are undone when nobody keeps them', async () => {
  await using device = await startAxapi();
  const { batch } = axapiOn(device.baseUrl, a10);
  const at = device.device;
  at.change('/slb/server/s1', { name: 's1', host: '10.0.0.1' });
  const run = batch.run([change('PUT', `${servers}/s1`, { server: { name: 's1', host: 'x' } })], {
    configVersion: at.version,
    confirmWithin: 60_000,
  });
  const [outcome] = await run;
  expect(outcome?.status).toBe('applied');
  expect(await run.held()).toBe('undone');
  expect(at.element('/slb/server/s1')).toEqual({ name: 's1', host: '10.0.0.1' });
});

test('changes that are kept through the journal stay', async () => {
  await using server = await startJournyx();
  const { batch, clock } = journyxOn(server.baseUrl, time);
  const { id } = server.site.put('projects', { pname: 'old' });
  const journal = memoryJournal();
  const run = batch.run([change('PUT', `${projects}/${id}`, { pname: 'new' })], {
    journal,
    confirmWithin: 60_000,
  });
  await run;
  await batch.keep(journal, { confirmWithin: 600_000 });
  await batch.keep(journal);
  expect(await run.held()).toBe('kept');
  expect(clock.now()).toBeLessThan(600_000);
  expect(server.site.get('projects', id)?.members).toMatchObject({ pname: 'new' });
});

test('changes that nobody keeps are undone, wherever the process is killed', async () => {
  let cuts = 0;
  for (; ; cuts += 1) {
    await using device = await startAxapi();
    const at = device.device;
    at.change('/slb/server/s1', { name: 's1', host: '10.0.0.1', weight: 5 });
    at.change('/slb/server/s2', { name: 's2', host: '10.0.0.2' });
    const { batch } = axapiOn(device.baseUrl, a10);
    const actions = [
      change('PUT', `${servers}/s1`, { server: { name: 's1', host: '10.9.9.9' } }),
      remove(`${servers}/s2`),
    ];
    const live = async (journal: ReturnType<typeof memoryJournal>): Promise<string> => {
      const begin = async (): Promise<string> => {
        const run = batch.run(actions, { journal, confirmWithin: 60_000 });
        await run;
        return run.held();
      };
      try {
        return await begin();
      } catch (error) {
        if (!(error instanceof JournalError) || error.reason !== 'started') throw error;
        const run = batch.resume(journal, { plan: batch.plan(actions) });
        await run;
        return run.held();
      }
    };
    const disk: Disk = [];
    let die = (): void => {};
    const death = new Promise<undefined>((resolve) => {
      die = () => resolve(undefined);
    });
    const dying = cutJournal(disk, { after: cuts, isWritten: cuts % 2 === 0, died: () => die() });
    const first = await Promise.race([live(dying), death]);
    const last =
      first ?? (await live(cutJournal(disk, { after: Infinity, isWritten: true, died: die })));
    expect([cuts, last]).toEqual([cuts, 'undone']);
    expect(at.element('/slb/server/s1')).toEqual({ name: 's1', host: '10.0.0.1', weight: 5 });
    expect(at.element('/slb/server/s2')).toEqual({ name: 's2', host: '10.0.0.2' });
    if (first) break;
  }
  expect(cuts).toBeGreaterThan(8);
});

test('a journal says what the server made of what was sent', async () => {
  await using server = await startJournyx();
  const { batch } = journyxOn(server.baseUrl, time);
  const { id } = server.site.put('projects', { pname: 'old' });
  const entries: JournalEntry[] = [];
  const journal = memoryJournal();
  const noting = {
    ...journal,
    append: (entry: JournalEntry) => {
      entries.push(entry);
      return journal.append(entry);
    },
  };
  await batch.run([change('PUT', `${projects}/${id}`, { pname: 'new' })], {
    journal: noting,
    capture: true,
  });
  expect(entries.map(({ type }) => type)).toEqual([
    'run',
    'batch',
    'planned',
    'before',
    'send',
    'results',
    'after',
  ]);
  expect(entries.at(-1)).toMatchObject({ images: [[0, {}]] });
});
