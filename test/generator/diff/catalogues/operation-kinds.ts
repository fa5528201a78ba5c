import { documentWith } from '../documents.ts';
import {
  body,
  done,
  json,
  kind,
  operation,
  type OperationKind,
  type OperationKinds,
  text,
} from './operation-kind.ts';

const key = { type: 'apiKey', in: 'header', name: 'X-Key' };
const flow = { tokenUrl: 'https://a.example/token', scopes: { read: '', write: '' } };
const schemes = {
  components: {
    securitySchemes: { key, oauth: { type: 'oauth2', flows: { clientCredentials: flow } } },
  },
};

function documents(breaks: boolean, old: object, now: object): OperationKind {
  return { breaks, old: operation({}, old), now: operation({}, now) };
}

const stated = (level: string, more: object = {}) => ({ 'x-stability-level': level, ...more });
const gone = (fields: object) => ({ old: operation(fields), now: documentWith({}) });

/** The kinds of changes above schemas that the catalogues of public suites name: operations, security, servers. */
export const operationKinds: OperationKinds = {
  'a path is new': { breaks: false, old: documentWith({}), now: operation({}) },
  'a path is gone': { breaks: true, ...gone({}) },
  'a deprecated operation is gone': { breaks: false, ...gone({ deprecated: true }) },
  'a deprecated operation is gone after its sunset': {
    breaks: false,
    ...gone({ deprecated: true, 'x-sunset': '2020-01-01' }),
  },
  'a deprecated operation is gone before its sunset': {
    breaks: true,
    ...gone({ deprecated: true, 'x-sunset': '2999-01-01' }),
  },
  'an operation in alpha is gone': { breaks: false, ...gone(stated('alpha')) },
  'an operation in draft is gone': { breaks: false, ...gone(stated('draft')) },
  'an operation in beta is gone': { breaks: true, ...gone(stated('beta')) },
  'a path parameter has another name': {
    breaks: false,
    old: operation({}),
    now: documentWith({
      '/pets/{pet}': {
        get: {
          responses: done,
          parameters: [{ name: 'pet', in: 'path', required: true, schema: text }],
        },
      },
    }),
  },
  'less stable': kind(true, stated('stable'), stated('beta')),
  'more stable': kind(false, stated('beta'), stated('stable')),
  deprecated: kind(false, {}, { deprecated: true }),
  'no longer deprecated': kind(false, { deprecated: true }, {}),
  'a tag': kind(false, { tags: ['a'] }, { tags: ['b'] }),
  'an operationId is new': kind(false, {}, { operationId: 'getPet' }),
  'a summary': kind(false, { summary: 'A' }, { summary: 'B' }),
  'external documentation': kind(false, {}, { externalDocs: { url: 'https://a.example' } }),
  'an extension': kind(false, { 'x-a': 1 }, { 'x-a': 2 }),
  'one of two ways to be let in is gone': documents(
    true,
    { ...schemes, security: [{ key: [] }, { oauth: [] }] },
    { ...schemes, security: [{ key: [] }] },
  ),
  'one more way to be let in': documents(
    false,
    { ...schemes, security: [{ key: [] }] },
    { ...schemes, security: [{ key: [] }, { oauth: [] }] },
  ),
  'credentials are asked for': documents(true, schemes, { ...schemes, security: [{ key: [] }] }),
  'no credentials are asked for': documents(
    false,
    { ...schemes, security: [{ key: [] }] },
    schemes,
  ),
  'one more scope': documents(
    true,
    { ...schemes, security: [{ oauth: ['read'] }] },
    { ...schemes, security: [{ oauth: ['read', 'write'] }] },
  ),
  'one scope less': documents(
    false,
    { ...schemes, security: [{ oauth: ['read', 'write'] }] },
    { ...schemes, security: [{ oauth: ['read'] }] },
  ),
  'security of the document on the operation': {
    breaks: false,
    old: operation({}, { ...schemes, security: [{ key: [] }] }),
    now: operation({ security: [{ key: [] }] }, schemes),
  },
  'a server': documents(
    false,
    { servers: [{ url: 'https://a.example' }] },
    { servers: [{ url: 'https://b.example' }] },
  ),
  'a server with a path that moves into the paths': {
    breaks: false,
    old: operation({}, { servers: [{ url: 'https://a.example/v1' }] }),
    now: operation({}, { servers: [{ url: 'https://a.example' }] }, '/v1/pets/{id}'),
  },
  'a component that nothing uses': documents(
    false,
    { components: { schemas: { A: text } } },
    { components: { schemas: {} } },
  ),
  'a polled operation': kind(true, {}, { 'x-ms-long-running-operation': true }),
  'a path with a query is gone': documents(
    true,
    { 'x-ms-paths': { '/cats?by=name': { get: { responses: done } } } },
    {},
  ),
  'a path with a query is new': documents(
    false,
    {},
    { 'x-ms-paths': { '/cats?by=name': { get: { responses: done } } } },
  ),
  'a parameter under a path with a query is required': documents(
    true,
    {
      'x-ms-paths': {
        '/cats?by=name': {
          get: { responses: done, parameters: [{ name: 'a', in: 'query', schema: text }] },
        },
      },
    },
    {
      'x-ms-paths': {
        '/cats?by=name': {
          get: {
            responses: done,
            parameters: [{ name: 'a', in: 'query', schema: text, required: true }],
          },
        },
      },
    },
  ),
  'a path item behind a reference': {
    breaks: false,
    old: operation({}),
    now: documentWith(
      { '/pets/{id}': { $ref: '#/components/pathItems/Pet' } },
      {
        components: {
          pathItems: {
            Pet: {
              parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
              get: { responses: done },
            },
          },
        },
      },
    ),
  },
  'a method of a path item behind a reference is gone': {
    breaks: true,
    old: documentWith(
      { '/pets': { $ref: '#/components/pathItems/Pets' } },
      {
        components: {
          pathItems: { Pets: { get: { responses: done }, post: { responses: done } } },
        },
      },
    ),
    now: documentWith(
      { '/pets': { $ref: '#/components/pathItems/Pets' } },
      { components: { pathItems: { Pets: { get: { responses: done } } } } },
    ),
  },
  'a webhook gives one more property': {
    breaks: false,
    old: documentWith({}, { webhooks: { born: { post: { requestBody: body, responses: done } } } }),
    now: documentWith(
      {},
      {
        webhooks: {
          born: {
            post: {
              requestBody: json({ type: 'object', properties: { name: text, age: text } }),
              responses: done,
            },
          },
        },
      },
    ),
  },
  'a webhook is gone': {
    breaks: true,
    old: documentWith({}, { webhooks: { born: { post: { requestBody: body, responses: done } } } }),
    now: documentWith({}),
  },
  'a type that a discriminator names has a property less': heirs(
    true,
    { mapping: { c: '#/components/schemas/Cat' } },
    [],
  ),
  'a type that builds upon a base has a property less': heirs(true, {}, ['Base']),
  'a type that builds upon another has a property less': heirs(true, {}, ['Middle']),
  'a type that nothing names has a property less': heirs(false, {}, []),
};

/** `Cat` is not referred to: a value of the base may be one. */
function heirs(breaks: boolean, discriminator: object, bases: readonly string[]): OperationKind {
  const cat = (properties: object) => ({
    allOf: [
      ...bases.map((name) => ({ $ref: `#/components/schemas/${name}` })),
      { type: 'object', properties },
    ],
  });
  const base = {
    type: 'object',
    properties: { kind: text },
    discriminator: { propertyName: 'kind', ...discriminator },
  };
  const middle = { allOf: [{ $ref: '#/components/schemas/Base' }] };
  const document = (properties: object) =>
    operation(
      { responses: { 200: { description: 'A', ...json({ $ref: '#/components/schemas/Base' }) } } },
      { components: { schemas: { Base: base, Middle: middle, Cat: cat(properties) } } },
    );
  return { breaks, old: document({ meow: text, fur: text }), now: document({ meow: text }) };
}
