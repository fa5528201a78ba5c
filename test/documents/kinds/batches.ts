import { expect } from 'vitest';
import type { Reply } from '../cases/package.ts';
import type { Variation, Variations } from './variation.ts';

const object = '{ content: { application/json: { schema: { type: object } } } }';
const ok =
  "{ '200': { description: ok, content: { application/json: { schema: { type: object } } } } }";
const named = '{ name: name, in: path, required: true, schema: { type: string } }';
const axapi = `openapi: 3.0.3
info: { title: t, version: '1' }
servers: [{ url: 'https://10.0.0.1' }]
paths:
  /axapi/v3/batch-get: { post: { operationId: batchGet, tags: [batch], requestBody: ${object}, responses: ${ok} } }
  /axapi/v3/batch-post: { post: { operationId: batchPost, tags: [batch], requestBody: ${object}, responses: ${ok} } }
  /axapi/v3/slb/pool: { post: { operationId: createPool, tags: [slb], requestBody: ${object}, responses: ${ok} } }
  /axapi/v3/slb/pool/{name}:
    get: { operationId: getPool, tags: [slb], parameters: [${named}], responses: ${ok} }
    put: { operationId: updatePool, tags: [slb], parameters: [${named}], requestBody: ${object}, responses: ${ok} }
    delete: { operationId: deletePool, tags: [slb], parameters: [${named}], responses: ${ok} }
`;
const failure = (status: number, msg: string): object => ({
  response: { 'http-status': status, status: 'fail', err: { code: 7, msg } },
});

type Slb = Readonly<
  Record<'getPool' | 'createPool' | 'updatePool' | 'deletePool', (input: object) => unknown>
>;

function runs(
  actions: (slb: Slb) => readonly unknown[],
  answers: readonly Reply[],
  expected: readonly object[],
  options?: object,
): Variation['attempt'] {
  return async ({ open }) => {
    const { client } = await open({
      client: { signature: 'signature', retry: { attempts: 1 } },
      answers,
    });
    const outcomes = await client.batch.run(actions(client.batch.slb), options);
    expect(outcomes).toMatchObject(expected);
  };
}

const says = (text: string): object => ({ error: { message: expect.stringContaining(text) } });
const list = (...elements: readonly object[]): object => ({
  'batch-post-list': elements.map((resp) => ({ resp })),
});
const reads = (...elements: readonly object[]): object => ({
  'batch-get-list': elements.map((resp) => ({ resp })),
});
const pool = (name: string): object => ({ body: { pool: { name } } });

const graph = `openapi: 3.0.3
info: { title: t, version: '1' }
servers: [{ url: 'https://graph.example.com/v1.0' }]
paths:
  /$batch: { post: { operationId: batch, tags: [batch], requestBody: ${object}, responses: ${ok} } }
  /groups: { get: { operationId: listGroups, tags: [groups], responses: ${ok} } }
  /groups/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: getGroup, tags: [groups], parameters: [{ name: $select, in: query, schema: { type: string } }], responses: ${ok} }
    patch: { operationId: updateGroup, tags: [groups], requestBody: ${object}, responses: ${ok} }
`;

type Groups = Readonly<
  Record<'listGroups' | 'getGroup' | 'updateGroup', (input: object) => unknown>
>;

/** Sends actions whose answers are all 200, and tells on which requests each depends. */
function depends(
  actions: (groups: Groups) => readonly unknown[],
  expected: readonly (readonly string[] | undefined)[],
): Variation['attempt'] {
  return async ({ open }) => {
    const responses = expected.map((_, index) => ({ id: `${index + 1}`, status: 200, body: {} }));
    const { client, sent } = await open({ answers: [{ body: { responses } }] });
    await client.batch.run(actions(client.batch.groups), { onError: 'continue' });
    const { requests } = JSON.parse(sent[0]?.text ?? '{}');
    expect(requests.map((one: { readonly dependsOn?: unknown }) => one.dependsOn)).toEqual(
      expected,
    );
  };
}

export const batches: Variations = {
  'axapi-500-report': {
    'with the status 503': {
      document: axapi,
      dialect: 'axapi',
      attempt: runs(
        (slb) => [slb.createPool(pool('a'))],
        [{ status: 503, body: failure(503, 'Not ready') }],
        [says('Not ready')],
      ),
    },
    'of two actions': {
      document: axapi,
      dialect: 'axapi',
      attempt: async ({ open }) => {
        const { client } = await open({
          client: { signature: 'signature', retry: { attempts: 1 } },
          answers: [{ status: 500, body: failure(500, 'Memory is full') }],
        });
        const { slb } = client.batch;
        const outcomes = await client.batch.run([
          slb.createPool(pool('a')),
          slb.updatePool({ name: 'b', ...pool('b') }),
        ]);
        for (const { status } of outcomes)
          expect(['failed', 'rolledBack', 'skipped']).toContain(status);
        expect(JSON.stringify(outcomes)).toContain('Memory is full');
      },
    },
    'of a deletion': {
      document: axapi,
      dialect: 'axapi',
      attempt: runs(
        (slb) => [slb.deletePool({ name: 'a' })],
        [{ status: 500, body: failure(500, 'Object is in use') }],
        [says('Object is in use')],
      ),
    },
  },
  'axapi-wrapped-failure': {
    'beside a success': {
      document: axapi,
      dialect: 'axapi',
      attempt: runs(
        (slb) => [slb.createPool(pool('a')), slb.createPool(pool('b'))],
        [{ body: list({ pool: { name: 'a' } }, failure(400, 'Bad pool')) }],
        [{ status: 'applied' }, { status: 'failed', ...says('Bad pool') }],
        { onError: 'continue' },
      ),
    },
    'of a deletion': {
      document: axapi,
      dialect: 'axapi',
      attempt: runs(
        (slb) => [slb.deletePool({ name: 'a' })],
        [{ body: list(failure(404, 'Object does not exist')) }],
        [{ status: 'failed', ...says('Object does not exist') }],
        { onError: 'continue' },
      ),
    },
    'of one read of two': {
      document: axapi,
      dialect: 'axapi',
      attempt: runs(
        (slb) => [slb.getPool({ name: 'a' }), slb.getPool({ name: 'b' })],
        [{ body: reads(failure(500, 'Try again'), { pool: { name: 'b' } }) }],
        [{ status: 'failed', ...says('Try again') }, { status: 'applied' }],
        { onError: 'continue' },
      ),
    },
  },
  'graph-read-after-list': {
    'the list last': {
      document: graph,
      dialect: 'graph',
      attempt: depends(
        (groups) => [
          groups.getGroup({ id: 'a' }),
          groups.getGroup({ id: 'b' }),
          groups.listGroups({}),
        ],
        [undefined, undefined, undefined],
      ),
    },
    'one thing by two queries': {
      document: graph,
      dialect: 'graph',
      attempt: depends(
        (groups) => [
          groups.getGroup({ id: 'a', $select: 'id' }),
          groups.getGroup({ id: 'a', $select: 'name' }),
        ],
        [undefined, undefined],
      ),
    },
    'but a read after a change waits for it': {
      document: graph,
      dialect: 'graph',
      attempt: depends(
        (groups) => [
          groups.updateGroup({ id: 'a', body: { name: 'x' } }),
          groups.getGroup({ id: 'a' }),
        ],
        [undefined, ['1']],
      ),
    },
  },
};
