import { expect, test } from 'vitest';
import { createRequestBatch } from '../../../../templates/runtime/batch/request/request-batch.ts';
import type { RequestDialect } from '../../../../templates/runtime/batch/request/request-protocol.ts';
import { axapi, type AxapiTraits, canned, change, get, journyx, post, remove } from './fixtures.ts';

const server = '/axapi/v3/slb/server/s1';

test('a preview of Journyx looks inside of what surrounds the values', async () => {
  const old = { results: { id: 'A', pname: 'old', code: 7 } };
  const { client, clock, sent } = canned([200, old]);
  const batch = createRequestBatch(client, journyx, clock);
  const { steps } = await batch.preview([
    change('PUT', '/api/v1/projects/A', { pname: 'new', code: '7' }, '"1"'),
  ]);
  expect(steps).toMatchObject([{ kind: 'change', members: { pname: { old: 'old', new: 'new' } } }]);
  expect(sent).toMatchObject([{ method: 'GET', path: '/api/v1/projects/A' }]);
});

test('a preview of aXAPI says what is created, destroyed and only read', async () => {
  const { client, clock } = canned([200, { server: { name: 's1', host: '10.0.0.1' } }]);
  const batch = createRequestBatch(client, axapi, clock);
  const { steps } = await batch.preview([
    post('/axapi/v3/slb/server', { server: { name: 's2' } }, '/axapi/v3/slb/server/s2'),
    remove(server),
    get('/axapi/v3/version'),
  ]);
  expect(steps).toMatchObject([
    { kind: 'create', path: '/axapi/v3/slb/server/s2' },
    { kind: 'destroy', lost: { server: { host: '10.0.0.1' } } },
    { kind: 'same' },
  ]);
});

test.for([
  [{ update: ['server'] }, { kind: 'change' }],
  [{}, { kind: 'unreadable', why: 'what "post" changes cannot be read' }],
] as const)('a POST that adds nothing, with the facts %j, is %j', async ([facts, step]) => {
  const { client, clock } = canned([200, { server: { name: 's1', host: '10.0.0.1' } }]);
  const dialect: RequestDialect<AxapiTraits> = {
    ...axapi,
    effects: () =>
      Promise.resolve({ resources: { '/axapi/v3/slb/server/{name}': facts }, verbs: {} }),
  };
  const { steps } = await createRequestBatch(client, dialect, clock).preview([
    change('POST', server, { server: { host: '10.0.0.2' } }),
  ]);
  expect(steps).toMatchObject([step]);
});

test('a preview is refused where a touched value has changed since', async () => {
  const { client, clock } = canned(
    [200, { results: { pname: 'old' } }],
    [200, { results: { pname: 'other' } }],
  );
  const batch = createRequestBatch(client, journyx, clock);
  const preview = await batch.preview([change('PUT', '/api/v1/projects/A', { pname: 'new' })]);
  await expect(batch.run(preview).outcomes()).rejects.toThrow('The preview is out of date');
});
