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
    components: {
      schemas: {
        owner: { type: 'string', enum: ['b'] },
        pet: { type: 'string', enum: ['a'] },
      },
    },
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
  expect(read({ types: { Pet: 'Animal' } }).api.types.map(({ name }) => name)).toEqual([
    'Animal',
    'Owner',
  ]);
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

test('a name is taken as it is written', () => {
  const { api } = read({ operations: { createPet: 'adoptVIA' }, groups: { pets: 'petsV2API' } });
  expect(api.groups.map(({ name }) => name)).toEqual(['owners', 'petsV2API']);
  expect(api.groups[1]?.operations.map(({ name }) => name)).toEqual(['listPets', 'adoptVIA']);
});

test.each<[string, Renames, string]>([
  [
    'an operation has',
    { operations: { createPet: 'listPets' } },
    'The operation `createPet` is called `listPetsPets`: `listPets` is taken.',
  ],
  [
    'an operation has that comes later',
    { operations: { listOwners: 'createPet' } },
    'The operation `createPet` is called `createPetPets`: `createPet` is taken.',
  ],
  [
    'two are to have',
    { operations: { createPet: 'go', listPets: 'go' } },
    'The operation `createPet` is called `goPets`: `go` is taken.',
  ],
  [
    'the language has',
    { operations: { createPet: 'delete' } },
    'The operation `createPet` is called `deletePets`: `delete` is taken.',
  ],
  [
    'a file of the package has',
    { groups: { pets: 'client' } },
    'The group `pets` is called `clientOperations`: `client` is taken.',
  ],
  [
    'another type has',
    { types: { Pet: 'Owner' } },
    'The type `Pet` is called `Pet`: `Owner` is taken.',
  ],
  [
    'another type has that comes later',
    { types: { Owner: 'Pet' } },
    'The type `Pet` is called `PetModel`: `Pet` is taken.',
  ],
  [
    'TypeScript has',
    { types: { Pet: 'string' } },
    'The type `Pet` is called `Pet`: `string` is taken.',
  ],
])('a name that %s is reported', (_, renames, message) => {
  expect(read(renames).messages).toEqual([message]);
});
