import type { WireRule } from '../../../generator/diff/wire/rules.ts';
import { documentWith } from './documents.ts';

/** A document before and after one change. */
type Pair = readonly [old: object, now: object];

const done = { 200: { description: 'Done' } };
const key = { type: 'apiKey', in: 'header', name: 'X-Key' };
const oauth = {
  type: 'oauth2',
  flows: { password: { tokenUrl: 'https://a.example/token', scopes: {} } },
};

/** A document with one operation, `GET /pets` unless it says otherwise. */
function one(operation: object, more: object = {}, path = '/pets', method = 'get'): object {
  return documentWith(
    { [path]: { [method]: { operationId: 'pets', responses: done, ...operation } } },
    more,
  );
}

function field(name: string, old: unknown, now: unknown): Pair {
  return [one({ [name]: old }), one({ [name]: now })];
}

function parameters(old: object | undefined, now: object | undefined): Pair {
  const list = (one: object | undefined) =>
    one ? [{ name: 'a', in: 'query', schema: { type: 'string' }, ...one }] : [];
  return field('parameters', list(old), list(now));
}

function bodies(old: object | undefined, now: object | undefined): Pair {
  const operation = (requestBody: object | undefined) =>
    one({ ...(requestBody && { requestBody }) }, {}, '/pets', 'post');
  return [operation(old), operation(now)];
}

function answers(old: object, now: object): Pair {
  return field('responses', described(old), described(now));
}

function described(responses: object): object {
  return Object.fromEntries(
    Object.entries(responses).map(([status, answer]) => [
      status,
      { description: 'Done', ...answer },
    ]),
  );
}

function security(old: readonly object[], now: readonly object[]): Pair {
  const components = { securitySchemes: { key, other: { ...key, name: 'X-Other' }, oauth } };
  return [one({ security: old }, { components }), one({ security: now }, { components })];
}

function schemes(old: object, now: object): Pair {
  return [
    one({}, { components: { securitySchemes: old } }),
    one({}, { components: { securitySchemes: now } }),
  ];
}

function whole(old: object, now: object): Pair {
  return [one({}, old), one({}, now)];
}

const json = { content: { 'application/json': { schema: { type: 'string' } } } };
const xml = { 'application/xml': { schema: { type: 'string' } } };
const form = (encoding: object) => ({
  content: {
    'multipart/form-data': {
      schema: { type: 'object', properties: { a: { type: 'string' } } },
      encoding: { a: encoding },
    },
  },
});
const header = (more: object = {}) => ({
  headers: { 'X-A': { schema: { type: 'string' }, ...more } },
});
const info = { title: 'Pets', version: '1.0.0' };

/** The smallest pair of documents for each rule, and nothing else that changes between them. */
export const wirePairs: Readonly<Record<WireRule, Pair>> = {
  'operation-removed': [one({}), documentWith({})],
  'deprecated-operation-removed': [one({ deprecated: true }), documentWith({})],
  'operation-added': [documentWith({}), one({})],
  'operation-moved': [one({}), one({}, {}, '/cats')],
  'operation-id-changed': [one({}), one({ operationId: 'cats' })],
  'tags-changed': field('tags', ['a'], ['b']),
  'sunset-earlier': [
    one({ deprecated: true, 'x-sunset': '2099-02-01' }),
    one({ deprecated: true, 'x-sunset': '2099-01-01' }),
  ],
  'stability-decreased': field('x-stability-level', 'stable', 'beta'),
  'stability-increased': field('x-stability-level', 'beta', 'stable'),
  'long-running-changed': field('x-ms-long-running-operation', false, true),
  'parameter-removed': parameters({}, undefined),
  'deprecated-parameter-removed': parameters({ deprecated: true }, undefined),
  'parameter-added': parameters(undefined, {}),
  'required-parameter-added': parameters(undefined, { required: true }),
  'defaulted-parameter-added': parameters(undefined, {
    required: true,
    schema: { type: 'string', default: 'x' },
  }),
  'parameter-required': parameters({}, { required: true }),
  'defaulted-parameter-required': parameters(
    { schema: { type: 'string', default: 'x' } },
    { schema: { type: 'string', default: 'x' }, required: true },
  ),
  'parameter-optional': parameters({ required: true }, {}),
  'parameter-moved': parameters({}, { in: 'header' }),
  'parameter-style-changed': parameters(
    { schema: { type: 'array', items: { type: 'string' } } },
    {
      schema: { type: 'array', items: { type: 'string' } },
      style: 'pipeDelimited',
      explode: false,
    },
  ),
  'parameter-reserved-forbidden': parameters({ allowReserved: true }, {}),
  'parameter-reserved-allowed': parameters({}, { allowReserved: true }),
  'parameter-empty-forbidden': parameters({ allowEmptyValue: true }, {}),
  'parameter-empty-allowed': parameters({}, { allowEmptyValue: true }),
  'parameter-content-changed': parameters({}, { schema: undefined, ...json }),
  'request-body-removed': bodies(json, undefined),
  'request-body-added': bodies(undefined, json),
  'required-request-body-added': bodies(undefined, { ...json, required: true }),
  'request-body-required': bodies(json, { ...json, required: true }),
  'request-body-optional': bodies({ ...json, required: true }, json),
  'request-media-type-removed': bodies({ content: { ...json.content, ...xml } }, json),
  'request-media-type-added': bodies(json, { content: { ...json.content, ...xml } }),
  'request-encoding-changed': bodies(form({}), form({ contentType: 'text/csv' })),
  'status-removed': answers({ 200: {}, 201: {} }, { 200: {} }),
  'error-status-removed': answers({ 200: {}, 404: {} }, { 200: {} }),
  'status-added': answers({ 200: {} }, { 200: {}, 201: {} }),
  'error-status-added': answers({ 200: {} }, { 200: {}, 404: {} }),
  'response-body-removed': answers({ 200: json }, { 200: {} }),
  'response-body-added': answers({ 200: {} }, { 200: json }),
  'response-media-type-removed': answers(
    { 200: { content: { ...json.content, ...xml } } },
    { 200: json },
  ),
  'response-media-type-added': answers(
    { 200: json },
    { 200: { content: { ...json.content, ...xml } } },
  ),
  'response-encoding-changed': answers(
    { 200: form({}) },
    { 200: form({ contentType: 'text/csv' }) },
  ),
  'response-header-removed': answers({ 200: header() }, { 200: {} }),
  'response-header-added': answers({ 200: {} }, { 200: header() }),
  'response-header-required': answers({ 200: header() }, { 200: header({ required: true }) }),
  'response-header-content-changed': answers(
    { 200: header() },
    { 200: { headers: { 'X-A': json } } },
  ),
  'response-header-optional': answers({ 200: header({ required: true }) }, { 200: header() }),
  'security-removed': security([{ key: [] }, { other: [] }], [{ key: [] }]),
  'security-added': security([{ key: [] }], [{ key: [] }, { other: [] }]),
  'security-required': security([], [{ key: [] }]),
  'security-opened': security([{ key: [] }], [{}, { key: [] }]),
  'scope-added': security([{ oauth: ['read'] }], [{ oauth: ['read', 'write'] }]),
  'security-scheme-changed': schemes({ key }, { key: { ...key, name: 'X-Other' } }),
  'security-flow-removed': schemes(
    { oauth: { ...oauth, flows: { ...oauth.flows, clientCredentials: oauth.flows.password } } },
    { oauth },
  ),
  'security-endpoint-changed': schemes(
    { oauth },
    {
      oauth: { ...oauth, flows: { password: { tokenUrl: 'https://b.example/token', scopes: {} } } },
    },
  ),
  'security-scheme-removed': schemes({ key }, {}),
  'security-scheme-added': schemes({}, { key }),
  'server-removed': whole(
    { servers: [{ url: 'https://a.example' }, { url: 'https://b.example' }] },
    { servers: [{ url: 'https://a.example' }] },
  ),
  'server-added': whole(
    { servers: [{ url: 'https://a.example' }] },
    { servers: [{ url: 'https://a.example' }, { url: 'https://b.example' }] },
  ),
  'server-variable-changed': whole(
    { servers: [{ url: 'https://{a}.example', variables: { a: { default: 'x' } } }] },
    { servers: [{ url: 'https://{a}.example', variables: { a: { default: 'y' } } }] },
  ),
  'version-decreased': whole(
    { info: { ...info, version: '1.10.0' } },
    { info: { ...info, version: '1.9.0' } },
  ),
  'links-changed': answers({ 200: { links: { a: { operationId: 'pets' } } } }, { 200: {} }),
};
