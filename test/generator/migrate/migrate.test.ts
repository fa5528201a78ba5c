import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../config/files.ts';
import { run } from '../cli/run.ts';
import { before, document } from './pets.ts';

/** Migrates a file of code between two documents; its text afterwards, and what is left. */
async function migrated(
  code: string,
  old: string,
  now: string,
): Promise<{ readonly text: string; readonly stderr: string; readonly code: number }> {
  const folder = folderWith({ 'old.json': old, 'new.json': now, 'src/app.ts': code });
  const argv = ['--from', 'old.json', '--to', 'new.json', '--name', '@acme/pets', 'src/**/*.ts'];
  const { code: status, stderr } = await run(folder, 'migrate', ...argv);
  return { text: readFileSync(join(folder, 'src/app.ts'), 'utf8'), stderr, code: status };
}

const timeout = 120_000;

test(
  'a renamed operation is renamed with its types, through each way to it',
  { timeout },
  async () => {
    const { text, stderr, code } = await migrated(
      `import { createPets, getPet, type GetPetInput } from '@acme/pets';
import * as all from '@acme/pets';
import { getPet as fetchPet } from '@acme/pets/pets';

const pets = createPets({});
const input: GetPetInput = { id: '1' };
export const one = await pets.pets.getPet(input);
export const two = await getPet(pets.client, input);
export const three = await all.getPet(pets.client, input);
export const four = await fetchPet(pets.client, input);
export const api = { getPet };
const { getPet: bound } = pets.pets;
export const five = await bound(input);
export const text = 'getPet';
`,
      document(before),
      document({ ...before, get: 'showPet' }),
    );
    expect(text).toBe(`import { createPets, showPet, type ShowPetInput } from '@acme/pets';
import * as all from '@acme/pets';
import { showPet as fetchPet } from '@acme/pets/pets';

const pets = createPets({});
const input: ShowPetInput = { id: '1' };
export const one = await pets.pets.showPet(input);
export const two = await showPet(pets.client, input);
export const three = await all.showPet(pets.client, input);
export const four = await fetchPet(pets.client, input);
export const api = { getPet: showPet };
const { showPet: bound } = pets.pets;
export const five = await bound(input);
export const text = 'getPet';
`);
    expect(stderr).toContain('1 file read; changed 9 places in 1 file; 0 places left to you.\n');
    expect(code).toBe(0);
  },
);

test('a name that the file has already is kept beside the new one', { timeout }, async () => {
  const { text, code } = await migrated(
    `import { createPets, getPet } from '@acme/pets';
const showPet = 1;
export const pet = await getPet(createPets({}).client, { id: \`\${showPet}\` });
`,
    document(before),
    document({ ...before, get: 'showPet' }),
  );
  expect(text).toContain("import { createPets, showPet as getPet } from '@acme/pets';");
  expect(text).toContain('await getPet(');
  expect(code).toBe(0);
});

test('two operations that change names with each other do so in code', { timeout }, async () => {
  const { text, code } = await migrated(
    `import { createPets } from '@acme/pets';
const { pets } = createPets({});
export const one = await pets.getPet({ id: '1' });
export const all = await pets.listPets();
`,
    document(before),
    document({ ...before, get: 'listPets', list: 'getPet' }),
  );
  // An operationId that stays names the same operation: only the compiler knows.
  expect(text).toContain("pets.getPet({ id: '1' })");
  expect(code).toBe(1);
});

test(
  'an operation that moved to another group is imported and called from there',
  { timeout },
  async () => {
    const { text, code } = await migrated(
      `import { createPets } from '@acme/pets';
import { getPet, listPets, type GetPetResponse } from '@acme/pets/pets';

const client = createPets({});
export const one: GetPetResponse = await client.pets.getPet({ id: '1' });
export const all = await client.pets.listPets();
export const functions = [getPet, listPets];
`,
      document(before),
      document({ ...before, tags: ['animals', 'pets'] }),
    );
    expect(text).toBe(`import { createPets } from '@acme/pets';
import { getPet, type GetPetResponse } from '@acme/pets/animals';
import { listPets } from '@acme/pets/pets';

const client = createPets({});
export const one: GetPetResponse = await client.animals.getPet({ id: '1' });
export const all = await client.pets.listPets();
export const functions = [getPet, listPets];
`);
    expect(code).toBe(0);
  },
);

test('a group that moved as a whole has its new name wherever it stands', { timeout }, async () => {
  const { text, code } = await migrated(
    `import { createPets } from '@acme/pets';
import * as functions from '@acme/pets/pets';

const { pets } = createPets({});
const group = createPets({}).pets;
export const one = await pets.getPet({ id: '1' });
export const all = await group.listPets();
export const lazy = import('@acme/pets/pets');
export { functions };
`,
    document(before),
    document({ ...before, tags: ['animals', 'animals'] }),
  );
  expect(text).toContain("import * as functions from '@acme/pets/animals';");
  expect(text).toContain('const { animals: pets } = createPets({});');
  expect(text).toContain('const group = createPets({}).animals;');
  expect(text).toContain("import('@acme/pets/animals')");
  expect(code).toBe(0);
});

test(
  'a renamed type and a renamed path parameter are renamed, also in shorthand',
  { timeout },
  async () => {
    const { text, code } = await migrated(
      `import { createPets, type GetPetInput, type Pet } from '@acme/pets';

const client = createPets({});
export async function load(id: string): Promise<Pet> {
  const input: GetPetInput = { id };
  await client.pets.getPet({ id: input.id });
  return client.pets.getPet({ id });
}
export type { Pet as Animal } from '@acme/pets';
`,
      document(before),
      document({ ...before, id: 'petId', type: 'Creature' }),
    );
    expect(text).toBe(`import { createPets, type GetPetInput, type Creature } from '@acme/pets';

const client = createPets({});
export async function load(id: string): Promise<Creature> {
  const input: GetPetInput = { petId: id };
  await client.pets.getPet({ petId: input.petId });
  return client.pets.getPet({ petId: id });
}
export type { Creature as Animal } from '@acme/pets';
`);
    expect(code).toBe(0);
  },
);

test(
  'what has no successor is listed with its place, and nothing of it changed',
  { timeout },
  async () => {
    const more = {
      '/owners': {
        get: {
          operationId: 'listOwners',
          tags: ['pets'],
          responses: { 204: { description: 'x' } },
        },
      },
    };
    const { text, stderr, code } = await migrated(
      `import { createPets } from '@acme/pets';
const { pets } = createPets({});
await pets.listOwners();
const wrong: number = 'mine';
export const pet = await pets.getPet({ id: '1' });
`,
      document({ ...before, more }),
      document({ ...before, get: 'showPet' }),
    );
    expect(text).toContain('await pets.listOwners();');
    expect(text).toContain('await pets.showPet(');
    expect(stderr).toMatch(/^src\/app\.ts:3: Property 'listOwners' does not exist/m);
    // It was wrong before.
    expect(stderr).not.toContain('src/app.ts:4');
    expect(stderr).toContain('1 place left to you.');
    expect(code).toBe(1);
  },
);
