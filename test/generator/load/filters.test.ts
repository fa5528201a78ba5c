import { expect, test } from 'vitest';
import type { OperationFilter } from '../../../generator/load/shape/filter.ts';
import { document, loadFiles, type Outcome } from './loading.ts';

const responses = { 200: { description: 'ok' } };
const using = (name: string): object => ({
  200: {
    description: 'ok',
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
  },
});

const api = document({
  paths: {
    '/pets': {
      get: { operationId: 'listPets', tags: ['pets'], responses: using('Pet') },
      post: { operationId: 'createPet', tags: ['pets'], 'x-release-stage': 'beta', responses },
    },
    '/pets/{id}': {
      delete: {
        operationId: 'deletePet',
        tags: ['pets', 'admin'],
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses,
      },
    },
    '/owners': { get: { operationId: 'listOwners', tags: ['owners'], responses: using('Owner') } },
    '/broken': { get: { operationId: 'broken', responses: using('Nowhere') } },
  },
  components: {
    schemas: {
      Pet: { type: 'string' },
      Owner: { $ref: '#/components/schemas/Name' },
      Name: { type: 'string' },
      Free: { type: 'string' },
    },
  },
});

async function choose(include?: OperationFilter, exclude?: OperationFilter): Promise<Outcome> {
  return loadFiles({ 'api.json': api }, { shape: { include, exclude } });
}

function operations({ loaded }: Outcome): readonly string[] {
  return Object.values(loaded?.document.paths ?? {}).flatMap((item) =>
    [item?.get, item?.post, item?.delete].flatMap((each) => each?.operationId ?? []),
  );
}

test.each<[string, OperationFilter | undefined, OperationFilter | undefined, readonly string[]]>([
  ['by tag', { tags: ['pets'] }, undefined, ['listPets', 'createPet', 'deletePet']],
  ['without one of their tags', { tags: ['pets'] }, { tags: ['admin'] }, ['listPets', 'createPet']],
  ['by operationId', { operations: ['list*'] }, undefined, ['listPets', 'listOwners']],
  ['by path', { paths: ['/pets/*'] }, undefined, ['deletePet']],
  [
    'by any depth of path',
    { paths: ['/pets**'] },
    undefined,
    ['listPets', 'createPet', 'deletePet'],
  ],
  ['by method and path', { paths: ['GET /pets'] }, undefined, ['listPets']],
  ['by a path with parameters', { paths: ['/pets/{id}'] }, undefined, ['deletePet']],
  ['by stage', { stages: ['beta'] }, undefined, ['createPet']],
  ['without a stage', { tags: ['pets'] }, { stages: ['beta'] }, ['listPets', 'deletePet']],
  ['without a tag', { tags: ['', 'owners'] }, { operations: ['broken'] }, ['listOwners']],
])('operations are chosen %s', async (_, include, exclude, expected) => {
  const outcome = await choose(include, exclude);
  expect(outcome.told).toEqual([]);
  expect(operations(outcome)).toEqual(expected);
});

test('components that only left-out operations use go with them', async () => {
  const { loaded } = await choose({ tags: ['pets'] });
  expect(Object.keys(loaded?.document.components?.schemas ?? {})).toEqual(['Pet', 'Free']);
});

test('the faults of a left-out operation do not count', async () => {
  expect((await choose(undefined, { operations: ['broken'] })).told).toEqual([]);
  expect((await choose({ tags: ['owners'] })).told).toEqual([]);
  expect((await choose()).told).toEqual([expect.stringContaining('error load/unresolved-ref')]);
});

test('what fits nothing is a warning that says what was meant', async () => {
  const { told, messages } = await choose(
    { tags: ['pets'] },
    { operations: ['deletePets'], stages: ['alpha'] },
  );
  expect(told).toEqual(['warning shape/no-match api.json', 'warning shape/no-match api.json']);
  expect(messages).toEqual([
    'No operation fits "deletePets" of `exclude.operations`. Did you mean `deletePet`?',
    'No operation fits "alpha" of `exclude.stages`.',
  ]);
});

test('a choice that leaves nothing is an error', async () => {
  const { told } = await choose({ tags: ['cats'] });
  expect(told).toContain('error shape/nothing-left api.json');
});

test('operations of a path item in another file are chosen too', async () => {
  const root = document({
    paths: {
      '/pets': { $ref: 'pets.json' },
      '/owners': { get: { operationId: 'listOwners', responses } },
    },
  });
  const item = JSON.stringify({
    get: { operationId: 'listPets', responses },
    post: { operationId: 'createPet', responses },
  });
  const files = { 'api.json': root, 'pets.json': item };
  const one = await loadFiles(files, { shape: { exclude: { operations: ['createPet'] } } });
  expect(one.told).toEqual([]);
  expect(operations(one)).toEqual(['listPets', 'listOwners']);
  const none = await loadFiles(files, { shape: { exclude: { paths: ['/pets'] } } });
  expect(operations(none)).toEqual(['listOwners']);
});

test('Swagger 2.0 loses the definitions that are not used any more', async () => {
  const text = JSON.stringify({
    swagger: '2.0',
    info: { title: 'Pets', version: '1' },
    paths: {
      '/a': {
        get: {
          operationId: 'a',
          responses: { 200: { description: 'ok', schema: { $ref: '#/definitions/A' } } },
        },
      },
      '/b': {
        get: {
          operationId: 'b',
          responses: { 200: { description: 'ok', schema: { $ref: '#/definitions/B' } } },
        },
      },
    },
    definitions: { A: { type: 'string' }, B: { type: 'string' } },
  });
  const { loaded } = await loadFiles(
    { 'api.json': text },
    { shape: { include: { operations: ['a'] } } },
  );
  expect(Object.keys(loaded?.document.components?.schemas ?? {})).toEqual(['A']);
});
