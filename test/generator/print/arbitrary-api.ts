import * as fc from 'fast-check';
import type {
  ApiDescription,
  AuthScheme,
  Body,
  BodyContent,
  Group,
  NamedType,
  Operation,
  Pagination,
  Param,
  ParamPlace,
  Response,
  ResponseStatus,
  Result,
  Server,
} from '../../../generator/ir/ir.ts';
import { typesOf } from '../../../generator/ir/operation.ts';
import type { PageParam, Paging } from '../../../generator/ir/paging.ts';
import { pascalCase } from '../../../generator/ir/names.ts';
import { doc, propertyName, type, typeName, word } from './arbitrary.ts';
import type { PathPart } from '../../../generator/ir/param.ts';

const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: fc.constantFrom(...'abc/-_ '), maxLength: 30 }) },
  word,
);

const identifier: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('get', 'update', 'x', 'größe'), typeName)
  .map(([verb, noun]) => (verb + noun).slice(0, 80));

const url: fc.Arbitrary<string> = fc
  .tuple(fc.webUrl(), fc.constantFrom('', '/v1', `/${'long/'.repeat(18)}`))
  .map((parts) => parts.join(''));

const server: fc.Arbitrary<Server> = fc.record({
  url: fc.oneof(
    url,
    fc.constantFrom(
      '/v1',
      '',
      'https://{region}.example.com:{port}',
      'https://{region}.example.com/`v1',
    ),
  ),
  description: text,
  variables: fc.constantFrom(
    [],
    [{ name: 'region', description: 'Where.', default: 'eu', values: ['eu', "u's"] }],
  ),
});

function param(place: ParamPlace): fc.Arbitrary<Param> {
  return fc.record({
    name: propertyName,
    // Objects in headers are laid out for names as headers have them.
    key: place === 'header' ? propertyName.map((key) => key.slice(0, 30)) : propertyName,
    in: fc.constant(place),
    required: place === 'path' ? fc.constant(true) : fc.boolean(),
    type,
    shape: fc.constantFrom('scalar', 'list', 'object', 'mixed'),
    style: fc.constantFrom(
      ...((place === 'query'
        ? ['form', 'form', 'deepObject', 'brackets', 'spaceDelimited', 'pipeDelimited', 'json']
        : place === 'path'
          ? ['simple', 'simple', 'label', 'matrix', 'json']
          : place === 'header'
            ? ['simple', 'json']
            : ['form']) as readonly Param['style'][]),
    ),
    explode: fc.boolean(),
    allowReserved: fc.boolean(),
    doc,
  });
}

const params: fc.Arbitrary<readonly Param[]> = fc
  .tuple(
    fc.array(param('path'), { maxLength: 2 }),
    fc.array(param('query'), { maxLength: 4 }),
    fc.array(param('header'), { maxLength: 2 }),
    fc.array(param('cookie'), { maxLength: 2 }),
  )
  .map((places) => {
    const keys = new Set(['body']);
    return places.flat().filter(({ key }) => !keys.has(key) && keys.add(key));
  });

const mediaType: fc.Arbitrary<string> = fc.constantFrom(
  'application/json',
  'application/merge-patch+json',
  '*/*',
  `application/vnd.${'long-'.repeat(16)}+json; version="1"`,
  'text/plain',
);

const content: fc.Arbitrary<BodyContent> = fc.record(
  {
    encoding: fc.constantFrom('json', 'jsonOrBytes', 'form', 'multipart', 'text', 'binary'),
    mediaType,
    takesText: fc.boolean(),
    fields: fc.array(
      fc.oneof(
        fc.record(
          {
            name: propertyName,
            style: fc.constantFrom('form', 'exploded', 'deepObject', 'json'),
            allowReserved: fc.boolean(),
          },
          { requiredKeys: ['name', 'style'] },
        ),
        fc.record({ name: propertyName, contentType: mediaType }),
      ),
      { maxLength: 4 },
    ),
  },
  { requiredKeys: ['encoding', 'mediaType'] },
);

const body: fc.Arbitrary<Body> = fc.record({
  key: fc.constant('body'),
  required: fc.boolean(),
  type,
  contents: fc
    .tuple(content, fc.array(content, { maxLength: 2 }))
    .map(([first, others]): Body['contents'] => [first, ...others]),
  doc,
});

const result: fc.Arbitrary<Result> = fc.record(
  { type, reading: fc.constantFrom('json', 'text', 'binary', 'none'), accept: mediaType },
  { requiredKeys: ['type', 'reading'] },
);

const response: fc.Arbitrary<Response> = fc.record(
  {
    status: fc.constantFrom<ResponseStatus>(200, 202, 404, '2XX', 'default'),
    mediaType,
    reading: fc.constantFrom('json', 'text', 'binary', 'any', 'none'),
    type,
    headers: fc.constant([]),
    doc,
  },
  { requiredKeys: ['status', 'reading', 'type', 'headers', 'doc'] },
);

const memberPath = fc.array(propertyName, { minLength: 1, maxLength: 3 });

const pageParam: fc.Arbitrary<PageParam> = fc.oneof(
  fc.record({ in: fc.constantFrom('query', 'header'), name: propertyName } as const),
  fc.record({ in: fc.constant('body'), path: memberPath, numeric: fc.boolean() } as const),
);
const ending = { more: memberPath, last: memberPath };
const numbers = {
  param: pageParam,
  first: fc.nat(2),
  total: memberPath,
  number: memberPath,
  ...ending,
};

const paging: fc.Arbitrary<Paging> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('link'),
      direction: fc.constantFrom('next', 'prev'),
      single: fc.constant(true),
    } as const,
    { requiredKeys: ['kind', 'direction'] },
  ),
  fc.record(
    {
      kind: fc.constant('cursor'),
      cursor: fc.oneof(memberPath, propertyName),
      param: pageParam,
      ...ending,
    } as const,
    { requiredKeys: ['kind', 'cursor', 'param'] },
  ),
  fc.record({ kind: fc.constant('url'), url: memberPath, ...ending } as const, {
    requiredKeys: ['kind', 'url'],
  }),
  fc.record(
    { kind: fc.constant('lastItem'), id: memberPath, param: pageParam, ...ending } as const,
    { requiredKeys: ['kind', 'id', 'param'] },
  ),
  fc.record({ kind: fc.constant('offset'), ...numbers } as const, {
    requiredKeys: ['kind', 'param'],
  }),
  fc.record({ kind: fc.constant('page'), ...numbers } as const, {
    requiredKeys: ['kind', 'param'],
  }),
);

const pagination: fc.Arbitrary<Pagination> = fc.record(
  { paging, items: memberPath, itemType: type },
  { requiredKeys: ['paging', 'itemType'] },
);

type Draft = Omit<Operation, 'name' | 'typeName' | 'types' | 'group' | 'path'> & {
  readonly texts: string[];
};

const draft: fc.Arbitrary<Draft> = fc.record(
  {
    id: fc.oneof(identifier, text),
    method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE'),
    route: text.map((route) => `/${route}`),
    texts: fc.array(text, { minLength: 3, maxLength: 3 }),
    params,
    body,
    result,
    responses: fc.array(response, { maxLength: 3 }),
    doc,
    server,
    authenticated: fc.boolean(),
    idempotencyHeader: propertyName,
    pagination,
    batch: fc.record({
      dialect: fc.constant('meraki'),
      operation: text,
      resource: text,
      summary: text,
      creates: fc.boolean(),
      members: fc.constant([
        ['resource', 'path'],
        ['operation', { literal: 'update' }],
        ['body', 'body'],
      ] as const),
    }),
    pointer: fc.constant(''),
  },
  {
    requiredKeys: [
      'id',
      'method',
      'route',
      'texts',
      'params',
      'result',
      'responses',
      'doc',
      'authenticated',
      'pointer',
    ],
  },
);

const groups: fc.Arbitrary<readonly Group[]> = fc
  .array(
    fc.tuple(
      identifier,
      text,
      text,
      fc.array(fc.tuple(identifier, draft), { minLength: 1, maxLength: 3 }),
    ),
    {
      maxLength: 4,
    },
  )
  .map((list) => {
    const taken = new Set<string>();
    const isNew = (name: string): boolean => !taken.has(name) && Boolean(taken.add(name));
    return list
      .filter(([name]) => isNew(name.toLowerCase()))
      .map(([group, title, description, operations]) => ({
        name: group,
        title,
        description,
        operations: operations
          .filter(([name]) => isNew(name))
          .map(([name, { texts, ...operation }]) => ({
            ...operation,
            name,
            typeName: pascalCase(name),
            types: typesOf(pascalCase(name)),
            group,
            path: pathOf(texts, operation.params),
          })),
      }))
      .filter(({ operations }) => operations.length > 0);
  });

function pathOf(texts: readonly string[], all: readonly Param[]): readonly PathPart[] {
  const placed = all.filter((one) => one.in === 'path');
  return texts.flatMap((piece, index): readonly PathPart[] => {
    const one = placed[index];
    return one ? [`/${piece}/`, { param: one }] : [`/${piece}`];
  });
}

const auth: fc.Arbitrary<AuthScheme> = fc.oneof(
  fc.record({ kind: fc.constantFrom('bearer', 'basic'), key: text, description: text } as const),
  fc.record({
    kind: fc.constant('apiKey'),
    key: text,
    in: fc.constantFrom('header', 'query', 'cookie'),
    name: text,
    description: text,
  } as const),
);

const namedType: fc.Arbitrary<NamedType> = fc.record(
  {
    name: typeName,
    type,
    doc,
    members: fc.uniqueArray(
      fc.record({
        name: propertyName.filter((name) => name !== '__proto__'),
        value: fc.oneof(fc.integer(), text),
        description: text,
      }),
      { selector: ({ name }) => name, minLength: 1, maxLength: 4 },
    ),
  },
  { requiredKeys: ['name', 'type', 'doc'] },
);

/** APIs as the stages before the templates make them: names are unique, all else may be anything. */
export const api: fc.Arbitrary<ApiDescription> = fc.record({
  title: text,
  version: text,
  description: text,
  servers: fc.array(server, { maxLength: 3 }),
  auth: fc.array(auth, { maxLength: 3 }),
  groups,
  types: fc.uniqueArray(namedType, {
    selector: ({ name }) => name,
    maxLength: 3,
  }),
  webhooks: fc.constant([]),
});
