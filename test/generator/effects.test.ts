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

test.for<[string, object, string]>([
  ['a secret', { name: text, psk: { type: 'string', writeOnly: true } }, `unshown: ['psk']`],
  ['what the read does not declare', { name: text, copyFrom: text }, `unshown: ['copyFrom']`],
])('%s is not shown', async ([, taken, expected]) => {
  expect(await factsFor(taken, { id: text, name: text })).toContain(expected);
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
