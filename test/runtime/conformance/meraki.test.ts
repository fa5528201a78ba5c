import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMeraki } from '../../../generated/meraki/src/index.ts';
import { loopback, type Loopback } from './loopback.ts';

/** What the vendor's pages say of Meraki, shown with the package that is generated here. */
const options = { apiKey: 'key', userAgent: 'Inventory/1.0 Acme', retry: { attempts: 1 } };
const json = (body: unknown, headers: Readonly<Record<string, string>> = {}) => ({
  status: 200,
  headers: { 'Content-Type': 'application/json', ...headers },
  body: [JSON.stringify(body)],
});

let server: Loopback;
beforeEach(async () => {
  server = await loopback();
});
afterEach(() => server[Symbol.asyncDispose]());

const lines = (): readonly string[] =>
  server.requests.map(({ method, url, body }) => `${method} ${url} ${body}`.trim());

test('jobs of a Secure Access batch are walked by the links of the header', async () => {
  const jobs = '/organizations/1/sase/batches/2/jobs';
  const counts = { items: { total: 2, remaining: 1 } };
  server.answer(
    json(
      {
        batchId: '2',
        batchType: 'enroll',
        status: 'active',
        items: [{ id: 'a' }],
        meta: { counts },
      },
      { Link: `<${jobs}?perPage=3>; rel=first, <${jobs}?perPage=3&startingAfter=a>; rel=next` },
    ),
    json({ items: [{ id: 'b', error: null, data: { site: 7 } }] }),
  );
  const { organizations } = createMeraki({ baseUrl: server.origin, ...options });
  const found: unknown[] = [];
  const input = { organizationId: '1', batchId: '2', perPage: 3 };
  for await (const { id, error, data } of organizations.getOrganizationSaseBatchJobs(input))
    found.push([id, error, data]);
  expect(found).toEqual([
    ['a', undefined, undefined],
    ['b', null, { site: 7 }],
  ]);
  expect(lines()).toEqual([`GET ${jobs}?perPage=3`, `GET ${jobs}?perPage=3&startingAfter=a`]);
});

test('jobs of a Secure Access batch are filtered by each of their seven states', async () => {
  const states = [
    'complete',
    'deferred',
    'failed',
    'new',
    'ready',
    'running',
    'scheduled',
  ] as const;
  const { organizations } = createMeraki({ baseUrl: server.origin, ...options });
  for (const status of states) {
    server.answer(json({ items: [] }));
    await organizations.getOrganizationSaseBatchJobs({ organizationId: '1', batchId: '2', status });
  }
  expect(server.requests.map(({ url }) => url.split('?')[1])).toEqual(
    states.map((status) => `status=${status}`),
  );
});

const organizations = await readFile(
  new URL('../../../generated/meraki/src/organizations.ts', import.meta.url),
  'utf8',
);

/** The text of a declaration, with the comment in front of it. */
function declared(name: string): string {
  const at = organizations.indexOf(`export ${name}`);
  const start = organizations.lastIndexOf('\n\n', at);
  return organizations.slice(start, organizations.indexOf('\n}\n', at));
}

test('a page of jobs has 3 to 1000 of them, and 10 unless it is said', () => {
  expect(declared('interface GetOrganizationSaseBatchJobsInput')).toMatch(
    /@minimum 3\n.*@maximum 1000\n.*@default 10\n.*\n +perPage\?: number;/,
  );
});

test('a page of jobs tells its batch, its kind and how far it is', () => {
  const page = declared('interface GetOrganizationSaseBatchJobsResponse');
  expect(page).toContain('batchId?: string;');
  expect(page).toContain('batchType?: string;');
  expect(page).toContain("status?: 'active' | 'error' | 'pending' | 'success';");
});

test('the listing of jobs says that it is in its beta', () => {
  expect(declared('function getOrganizationSaseBatchJobs')).toContain('Release stage: beta.');
});

test('the base URL is that of the first server, with the default of its base path', async () => {
  const urls: string[] = [];
  const { organizations: group } = createMeraki({
    ...options,
    fetch: async (url) => {
      urls.push(url.href);
      return Response.json([]);
    },
  });
  await group.getOrganizations();
  expect(urls).toEqual(['https://api.meraki.com/api/v1/organizations']);
});

test('a batch is created, listed, read, confirmed and deleted at its endpoints', async () => {
  const { organizations: group } = createMeraki({ baseUrl: server.origin, ...options });
  const at = { organizationId: '1', actionBatchId: '2' };
  const batch = { id: '2', actions: [], status: {} };
  server.answer({ ...json(batch), status: 201 }, json([batch]), json(batch), json(batch));
  await group.createOrganizationActionBatch({ organizationId: '1', body: { actions: [] } });
  await group.getOrganizationActionBatches({ organizationId: '1' });
  await group.getOrganizationActionBatch(at);
  await group.updateOrganizationActionBatch({ ...at, body: { confirmed: true } });
  await group.deleteOrganizationActionBatch(at);
  expect(lines()).toEqual([
    'POST /organizations/1/actionBatches {"actions":[]}',
    'GET /organizations/1/actionBatches',
    'GET /organizations/1/actionBatches/2',
    'PUT /organizations/1/actionBatches/2 {"confirmed":true}',
    'DELETE /organizations/1/actionBatches/2',
  ]);
});

test('a request has the key as a bearer token and says that its body is JSON', async () => {
  const { organizations: group } = createMeraki({ baseUrl: server.origin, ...options });
  server.answer({ ...json({ id: '2' }), status: 201 });
  await group.createOrganizationActionBatch({ organizationId: '1', body: { actions: [] } });
  expect(server.requests[0]?.headers).toMatchObject({
    authorization: 'Bearer key',
    'content-type': 'application/json',
  });
});

test('a batch that is refused says what the server says', async () => {
  const { organizations: group } = createMeraki({ baseUrl: server.origin, ...options });
  server.answer({ ...json({ errors: ['Unsupported operation'] }), status: 400 });
  const call = group.createOrganizationActionBatch({ organizationId: '1', body: { actions: [] } });
  await expect(call).rejects.toMatchObject({
    status: 400,
    messages: ['Unsupported operation'],
    body: { errors: ['Unsupported operation'] },
  });
});

test('a result of a batch is a typed status with errors and what was created', async () => {
  const status = {
    completed: false,
    failed: true,
    errors: ['Error occurred while executing create /networks/L_1/vlans/'],
    createdResources: [],
  };
  server.answer(json({ id: '2', confirmed: true, status }));
  const { organizations: group } = createMeraki({ baseUrl: server.origin, ...options });
  const batch = await group.getOrganizationActionBatch({ organizationId: '1', actionBatchId: '2' });
  expect([batch.id, batch.confirmed, batch.status?.failed]).toEqual(['2', true, true]);
  expect(batch.status).toEqual(status);
});

test('different resources and verbs go into one batch, in the order in which they are given', async () => {
  const { batch, organizations: group } = createMeraki({ baseUrl: server.origin, ...options });
  server.answer({ ...json({ id: '2' }), status: 201 });
  const actions = [
    batch.appliance.createNetworkApplianceVlan({
      networkId: 'L_1',
      body: { id: '99', name: 'API-VLAN' },
    }),
    batch.devices.updateDevice({ serial: 'A', body: { tags: ['APIness'] } }),
    batch.switch.updateDeviceSwitchPort({
      serial: 'A',
      portId: '1',
      body: { type: 'access', vlan: 99 },
    }),
    batch.networks.deleteNetwork({ networkId: 'L_2' }),
  ];
  await group.createOrganizationActionBatch({
    organizationId: '1',
    body: { confirmed: true, synchronous: true, actions },
  });
  expect(JSON.parse(server.requests[0]?.body.toString() ?? '')).toEqual({
    confirmed: true,
    synchronous: true,
    actions: [
      {
        resource: '/networks/L_1/appliance/vlans',
        operation: 'create',
        body: { id: '99', name: 'API-VLAN' },
      },
      { resource: '/devices/A', operation: 'update', body: { tags: ['APIness'] } },
      {
        resource: '/devices/A/switch/ports/1',
        operation: 'update',
        body: { type: 'access', vlan: 99 },
      },
      { resource: '/networks/L_2', operation: 'destroy' },
    ],
  });
});

test('building an action sends nothing', () => {
  const { batch } = createMeraki({ baseUrl: server.origin, ...options });
  batch.networks.updateNetwork({ networkId: 'N_1', body: { name: 'HQ' } });
  expect(server.requests).toEqual([]);
});
