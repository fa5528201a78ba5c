import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, expectTypeOf, test } from 'vitest';
import { createAxapi } from '../../../../generated/axapi/src/index.ts';
import { fileJournal } from '../../../../generated/axapi/src/node.ts';
import { createGraph } from '../../../../generated/graph/src/index.ts';
import { createJournyx } from '../../../../generated/journyx/src/index.ts';
import { startAxapi } from '../../../simulators/axapi.ts';
import { startGraph } from '../../../simulators/graph.ts';
import { startJournyx } from '../../../simulators/journyx.ts';

test('the package of aXAPI reads and changes in one run, with types', async () => {
  await using simulator = await startAxapi();
  const { batch } = createAxapi({ baseUrl: simulator.baseUrl, signature: 'secret' });
  const outcomes = await batch.run(
    {
      server: batch.slb.createSlbServer({ body: { server: { name: 's1', host: '10.0.0.1' } } }),
      port: batch.slb.createSlbServerPort({
        name: 's1',
        body: { port: { 'port-number': 80, protocol: 'tcp' } },
      }),
      shown: batch.slb.getSlbServerPort({ name: 's1', 'port-number': 80, protocol: 'tcp' }),
      gone: batch.slb.deleteSlbServerPort({ name: 's1', 'port-number': 80, protocol: 'tcp' }),
    },
    { configVersion: 1 },
  );
  expect(outcomes).toMatchObject({
    server: { status: 'applied', value: { server: { name: 's1' } } },
    port: { status: 'applied', value: { port: { 'port-number': 80 } } },
    shown: { status: 'applied', value: { port: { 'port-number': 80, protocol: 'tcp' } } },
    gone: { status: 'applied', value: { response: { Status: 'OK' } } },
  });
  const { shown } = outcomes;
  if (shown.status === 'applied') {
    expectTypeOf(shown.value.port['port-number']).toEqualTypeOf<number>();
  }
  expect(simulator.requests.every(({ headers }) => headers['authorization'] === 'A10 secret')).toBe(
    true,
  );
});

test('the package of aXAPI keeps a journal in a file, from which another process goes on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'batchwright-journal-'));
  try {
    const abort = new AbortController();
    await using simulator = await startAxapi({ before: () => abort.abort() });
    const { batch } = createAxapi({ baseUrl: simulator.baseUrl, signature: 'secret' });
    const servers = Array.from({ length: 120 }, (_, index) =>
      batch.slb.createSlbServer({
        body: { server: { name: `s${index}`, 'user-tag': `m${index}` } },
      }),
    );
    const path = join(folder, 'run.jsonl');
    const first = fileJournal(path);
    await batch.run(servers, { configVersion: 1, journal: first, signal: abort.signal });
    const outcomes = await batch.resume(fileJournal(path));
    expect(outcomes.map((outcome) => 'status' in outcome && outcome.status)).toEqual(
      servers.map(() => 'applied'),
    );
    expect(simulator.device.account.twice()).toEqual([]);
    expect(simulator.device.account.size).toBe(120);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('the package of aXAPI lists until there is nothing more', async () => {
  await using simulator = await startAxapi();
  const axapi = createAxapi({ baseUrl: simulator.baseUrl, signature: 'secret' });
  const ports: number[] = [];
  for await (const { ifnum } of axapi.interface.getInterfaceEthernetList({ count: 3 })) {
    ports.push(ifnum);
  }
  expect(ports).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('the package of Journyx refers to what it creates, and takes an ETag', async () => {
  await using simulator = await startJournyx();
  const { batch } = createJournyx({
    baseUrl: simulator.baseUrl,
    login: { user: 'user', password: 'key' },
  });
  const project = batch.projects.createProject({ body: { pname: 'Bridge' } });
  const entry = batch.timeEntries.createTimeEntry({
    body: {
      id_user: 'A'.repeat(32),
      id_project: batch.ref(project),
      entry_date: '20260105',
      hours: 8,
    },
  });
  const [created, entered] = await batch.run([project, entry]);
  if (created.status !== 'applied' || entered.status !== 'applied') throw new Error('not applied');
  expect(entered.value.results.id_project).toBe(created.value.results.id);
  const renamed = batch.projects.updateProject({
    id: created.value.results.id,
    etag: created.answer?.headers['etag'] ?? '',
    body: { pname: 'Tunnel' },
  });
  expect(await batch.run([renamed]).values()).toMatchObject([{ results: { pname: 'Tunnel' } }]);
});

test('the package of Journyx follows its pages', async () => {
  await using simulator = await startJournyx();
  for (let index = 0; index < 5; index += 1) simulator.site.put('projects', { pname: `P${index}` });
  const journyx = createJournyx({
    baseUrl: simulator.baseUrl,
    login: { user: 'user', password: 'key' },
  });
  const names: (string | undefined)[] = [];
  for await (const { pname } of journyx.projects.listProjects({ $top: 2 })) names.push(pname);
  expect(names).toEqual(['P0', 'P1', 'P2', 'P3', 'P4']);
});

test('the package of Microsoft Graph finds its answers, in whatever order they come', async () => {
  await using simulator = await startGraph();
  const { batch } = createGraph({ baseUrl: simulator.baseUrl, token: 'token' });
  const user = batch.users.createUser({
    body: {
      accountEnabled: true,
      displayName: 'Ann',
      mailNickname: 'ann',
      userPrincipalName: 'ann@example.com',
      passwordProfile: { password: 'x' },
    },
  });
  const group = batch.groups.createGroup({
    body: { displayName: 'Team', mailEnabled: false, mailNickname: 'team', securityEnabled: true },
  });
  const read = batch.users.getUser({ 'user-id': batch.ref(user) });
  const values = await batch.run([user, group, read]).values();
  expect(values).toMatchObject([
    { displayName: 'Ann' },
    { displayName: 'Team' },
    { displayName: 'Ann' },
  ]);
  expectTypeOf(values[0].id).toEqualTypeOf<string>();
});
