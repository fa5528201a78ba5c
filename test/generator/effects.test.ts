import { expect, test } from 'vitest';
import { print } from '../support/stages.ts';

const text = { type: 'string' };

/** What the package of Graph says of `/things/{id}`, whose change takes `taken` and whose read shows `shown`. */
async function factsFor(taken: object, shown: object): Promise<string> {
  const json = (schema: object): object => ({
    content: { 'application/json': { schema: { type: 'object', properties: schema } } },
  });
  const { files } = await print(
    {
      openapi: '3.0.3',
      info: { title: 'Things', version: '1' },
      paths: {
        '/things': {
          post: {
            operationId: 'createThing',
            requestBody: json(taken),
            responses: { 201: { description: 'made', ...json(shown) } },
          },
        },
        '/things/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
          get: {
            operationId: 'getThing',
            responses: { 200: { description: 'it', ...json(shown) } },
          },
          patch: {
            operationId: 'updateThing',
            requestBody: json(taken),
            responses: { 200: { description: 'it', ...json(shown) } },
          },
          delete: { operationId: 'deleteThing', responses: { 204: { description: 'gone' } } },
        },
      },
    },
    { dialect: 'graph' },
  );
  return files.find(({ path }) => path.endsWith('batch/effects.ts'))?.text ?? '';
}

test.for<[string, object, string, object?]>([
  ['a secret', { name: text, psk: { type: 'string', writeOnly: true } }, `unshown: ['psk']`],
  ['what the read does not declare', { name: text, copyFrom: text }, `unshown: ['copyFrom']`],
  [
    'a secret of what stands in an envelope',
    { name: text, psk: { type: 'string', writeOnly: true } },
    `unshown: ['psk']`,
    { results: { type: 'object', properties: { id: text, name: text } } },
  ],
  [
    'a secret of what stands in a list in an envelope',
    { name: text, psk: { type: 'string', writeOnly: true } },
    `unshown: ['psk']`,
    { items: { type: 'array', items: { type: 'object', properties: { id: text, name: text } } } },
  ],
])('%s is not shown', async ([, taken, expected, shown = { id: text, name: text }]) => {
  expect(await factsFor(taken, shown)).toContain(expected);
});

test('nothing is said where the read declares another shape', async () => {
  expect(await factsFor({ name: text }, { value: text })).not.toContain('unshown');
});

test.for<[string, object, string]>([
  ['numbers', { n: { type: 'integer' } }, `numbers: ['n']`],
  ['numbers that may be null', { n: { type: 'number', nullable: true } }, `numbers: ['n']`],
  [
    'numbers inside of objects',
    { o: { type: 'object', properties: { n: { type: 'integer' } } } },
    `numbers: ['o/n']`,
  ],
  ['booleans', { b: { type: 'boolean' } }, `booleans: ['b']`],
])('%s that are taken are known', async ([, taken, expected]) => {
  expect(await factsFor(taken, taken)).toContain(expected);
});

test('the method of a change is known', async () => {
  expect(await factsFor({ name: text }, { name: text })).toContain(`updateBy: 'PATCH'`);
});

/** What the package of Graph says of `/things/{id}`, where a list takes and answers this. */
async function pagesFor(parameters: readonly object[], answered: object): Promise<string> {
  const thing = { type: 'object', properties: { id: text, name: text } };
  const schema = {
    type: 'object',
    properties: { value: { type: 'array', items: thing }, ...answered },
  };
  const responses = { 204: { description: 'gone' } };
  const { files } = await print(
    {
      openapi: '3.0.3',
      info: { title: 'Things', version: '1' },
      paths: {
        '/things': {
          get: {
            operationId: 'listThings',
            parameters,
            responses: {
              200: { description: 'them', content: { 'application/json': { schema } } },
            },
          },
        },
        '/things/{id}': {
          delete: {
            operationId: 'deleteThing',
            parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
            responses,
          },
        },
      },
    },
    { dialect: 'graph' },
  );
  return files.find(({ path }) => path.endsWith('batch/effects.ts'))?.text ?? '';
}

const query = (name: string): object => ({ name, in: 'query', schema: { type: 'string' } });

test.for<[string, readonly object[], object, string]>([
  [
    'a link in the body',
    [],
    { '@odata.nextLink': { type: 'string', format: 'uri' } },
    `'/things': urlPages({ items: itemsAt(['value']), url: ['@odata.nextLink'] }),`,
  ],
  ['a cursor in the body', [query('cursor')], { nextCursor: text }, `'/things': cursorPages({`],
  [
    'the number of an item',
    [{ name: 'offset', in: 'query', schema: { type: 'integer' } }, query('limit')],
    { total: { type: 'integer' } },
    `'/things': offsetPages({`,
  ],
])('how a list leads on is known, by %s', async ([, parameters, answered, expected]) => {
  expect(await pagesFor(parameters, answered)).toContain(expected);
});

test('nothing is said of a list that has no pages', async () => {
  expect(await pagesFor([], {})).not.toContain('pages');
});
