import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { api, json, ok, type Variation, type Variations } from './variation.ts';
import type { Reply } from '../cases/package.ts';

const body = 'requestBody: { content: { application/json: { schema: { type: object } } } }';

/** Each answer of the only operation, and what a call makes of it after one request. */
function reads(...pairs: readonly (readonly [Reply, unknown])[]): Variation['attempt'] {
  return async ({ call }) => {
    for (const [reply, expected] of pairs) {
      const { error, result, sent } = await call('act', { body: {} }, { answers: [reply] });
      const made = result instanceof Blob ? { bytes: await result.text() } : result;
      expect([error, made, sent.length]).toEqual([undefined, expected, 1]);
    }
  };
}

const elsewhere = (status: number): Reply => ({
  status,
  headers: { Location: 'https://files.example.net/a?key=1' },
});

/** The redirect is the result, and where it leads stands in its headers. */
function leadsElsewhere(status: number): Variation['attempt'] {
  return async ({ call, folder }) => {
    const { error, result, sent } = await call(
      'act',
      { body: {} },
      { answers: [elsewhere(status)] },
    );
    expect([error, result, sent.length]).toEqual([undefined, undefined, 1]);
    const load = (path: string): Promise<Record<string, CallableFunction>> =>
      import(pathToFileURL(join(folder, 'src', path)).href);
    const { act, createClient, withResponse } = {
      ...(await load('api.ts')),
      ...(await load('index.ts')),
    };
    const { Location } = elsewhere(status).headers ?? {};
    const fetch = async (): Promise<Response> =>
      new Response(null, { status, headers: { Location: `${Location}` } });
    const answer = await withResponse?.(act)(createClient?.({ fetch }), { body: {} });
    expect([answer.status, answer.headers.get('Location')]).toEqual([status, Location]);
  };
}

export const answers: Variations = {
  '201-without-content': {
    'a POST that is accepted with 202': {
      document: api(`/a: { post: { operationId: act, ${body}, responses: {
        '200': { description: ok, content: { application/json: { schema: { type: object } } } },
        '202': { description: ok } } } }`),
      attempt: reads([{ status: 202 }, undefined], [{ body: { a: 1 } }, { a: 1 }]),
    },
    'a PATCH whose range has JSON': {
      document: api(`/a: { patch: { operationId: act, ${body}, responses: {
        '2XX': { description: ok, content: { application/json: { schema: {} } } },
        '201': { description: ok } } } }`),
      attempt: reads(
        [{ status: 201, type: 'text/plain', body: 'Created' }, undefined],
        [{ status: 202, body: [1] }, [1]],
      ),
    },
    'a PUT that has no content but where it fails': {
      document: api(`/a: { put: { operationId: act, ${body}, responses: {
        '200': { description: ok },
        default: { description: no, content: { application/json: { schema: {} } } } } } }`),
      attempt: reads([{ status: 200 }, undefined], [{ status: 200, body: { a: 1 } }, undefined]),
    },
  },
  'redirect-alone': {
    'a download by a URL that is given': {
      document: api(`/a: { post: { operationId: act, ${body}, responses: {
        '302': { description: there, headers: { Location: { schema: { type: string } } } } } } }`),
      attempt: leadsElsewhere(302),
    },
    'a range, beside errors': {
      document: api(`/a: { post: { operationId: act, ${body}, responses: {
        '3XX': { description: there }, '404': { description: none } } } }`),
      attempt: leadsElsewhere(307),
    },
    'of two, by the whole client': {
      document: api(`/a: { post: { operationId: act, tags: [x], ${body}, responses: {
        '301': { description: there }, '303': { description: there } } } }`),
      async attempt({ open }) {
        const { client, sent } = await open({ answers: [elsewhere(303)] });
        expect([await client.x.act({ body: {} }), sent.length]).toEqual([undefined, 1]);
      },
    },
    'what is an error still is one': {
      document: api(`/a: { post: { operationId: act, ${body}, responses: {
        '302': { description: there } } } }`),
      async attempt({ call }) {
        const { error } = await call(
          'act',
          { body: {} },
          { answers: [{ status: 404, body: { message: 'none' } }] },
        );
        expect(error).toMatchObject({ code: 'http', status: 404, body: { message: 'none' } });
      },
    },
    'beside a success it is none': {
      document: api(`/a: { post: { operationId: act, ${body}, responses: {
        '200': { description: ok }, '302': { description: there } } } }`),
      async attempt({ call }) {
        const { error } = await call('act', { body: {} }, { answers: [elsewhere(302)] });
        expect(error).toMatchObject({ status: 302 });
      },
    },
  },
  '200-png-202-json': {
    'a document, or a state of it': {
      document: api(`/a: { post: { operationId: act, ${body}, responses: {
        '200': { description: ok, content: { application/pdf: {} } },
        '206': { description: ok, content: { application/json: { schema: {} } } } } } }`),
      attempt: reads(
        [{ type: 'application/pdf', body: '%PDF' }, { bytes: '%PDF' }],
        [{ status: 206, body: { left: 3 } }, { left: 3 }],
      ),
    },
    'a table, or a problem that is none': {
      document: api(`/a: { post: { operationId: act, ${body}, responses: {
        '200': { description: ok, content: { text/csv: { schema: { type: string } } } },
        '202': { description: ok, content: { application/problem+json: { schema: {} } } } } } }`),
      attempt: reads(
        [{ type: 'text/csv', body: 'a,b' }, 'a,b'],
        [
          { status: 202, type: 'application/problem+json', body: { title: 'Wait' } },
          { title: 'Wait' },
        ],
      ),
    },
    'two types of one status': {
      document: api(`/a: { post: { operationId: act, ${body}, responses: {
        '200': { description: ok, content: {
          application/json: { schema: {} }, application/zip: {} } } } } }`),
      attempt: reads(
        [{ type: 'application/zip', body: 'PK' }, { bytes: 'PK' }],
        [{ body: { a: 1 } }, { a: 1 }],
      ),
    },
  },
  'star-text-response': {
    'a page of HTML': {
      document: api(
        `/a: { post: { operationId: act, ${body}, responses: ${ok('*/*', '{ type: string }')} } }`,
      ),
      attempt: reads([{ type: 'text/html; charset=utf-8', body: '<p>' }, '<p>']),
    },
    'an object that is JSON after all': {
      document: api(
        `/a: { post: { operationId: act, ${body}, responses: ${ok('*/*', '{ type: object }', 201)} } }`,
      ),
      attempt: reads([{ status: 201, type: 'application/hal+json', body: { a: 1 } }, { a: 1 }]),
    },
    'a picture, and a number': {
      document: api(`/a: { post: { operationId: act, ${body}, responses: ${ok('*/*')} } }`),
      attempt: reads(
        [{ type: 'image/png', body: 'PNG' }, { bytes: 'PNG' }],
        [{ type: json, body: 7 }, 7],
      ),
    },
  },
};
