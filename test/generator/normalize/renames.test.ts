import { expect, test } from 'vitest';
import { Diagnostics } from '../../../generator/diagnostics/diagnostics.ts';
import type { ApiDescription } from '../../../generator/ir/ir.ts';
import { normalize } from '../../../generator/normalize/normalize.ts';
import type { Renames } from '../../../generator/normalize/renames.ts';
import { petStore } from '../cli/run.ts';

function read(renames: Renames): {
  readonly api: ApiDescription;
  readonly messages: readonly string[];
} {
  const diagnostics = new Diagnostics();
  const document = {
    ...petStore,
    components: { schemas: { pet: { type: 'string', enum: ['a'] } } },
  };
  const api = normalize(document, diagnostics, { renames });
  return { api, messages: diagnostics.list.map(({ message }) => message) };
}

test('an operation is renamed with its types, and keeps the id that it has on the wire', () => {
  const { api, messages } = read({ operations: { createPet: 'adopt' } });
  const operation = api.groups
    .flatMap(({ operations }) => operations)
    .find(({ id }) => id === 'createPet');
  expect(operation).toMatchObject({
    name: 'adopt',
    typeName: 'Adopt',
    types: { input: 'AdoptInput' },
  });
  expect(messages).toEqual([]);
});

test('a group is renamed, and two become one', () => {
  expect(read({ groups: { pets: 'animals' } }).api.groups.map(({ name }) => name)).toEqual([
    'animals',
    'owners',
  ]);
  expect(
    read({ groups: { pets: 'owners' } }).api.groups.map(({ name, operations }) => [
      name,
      operations.length,
    ]),
  ).toEqual([['owners', 3]]);
});

test('a type is renamed', () => {
  expect(read({ types: { Pet: 'Animal' } }).api.types.map(({ name }) => name)).toEqual(['Animal']);
});

test('names that nothing has are reported, with what may be meant', () => {
  const { messages } = read({
    operations: { createPets: 'adopt' },
    groups: { cats: 'x' },
    types: { Pets: 'Y' },
  });
  expect(messages).toEqual([
    'There is no operation `createPets` to rename. Did you mean `createPet`?',
    'There is no group `cats` to rename.',
    'There is no type `Pets` to rename. Did you mean `Pet`?',
  ]);
});
