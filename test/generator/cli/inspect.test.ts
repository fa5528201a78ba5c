import { expect, test } from 'vitest';
import { folderWith } from '../config/files.ts';
import { petStore, run } from './run.ts';

const folder = folderWith({
  'pets.json': JSON.stringify(petStore),
  'open.json': JSON.stringify({
    ...petStore,
    'x-batchable-actions': [{ summary: 'x', resource: '/x', operation: 'fly' }],
  }),
});

test('lists operations with their pages and batches', async () => {
  expect(await run(folder, 'inspect', 'pets.json')).toEqual({
    code: 0,
    stdout: `\
ID          TAG     METHOD  PATH     PAGES  BATCH
listOwners  owners  GET     /owners
listPets    pets    GET     /pets    yes
createPet   pets    POST    /pets           create /pets

Pet Store 1.0.0: 3 operations, 1 batchable (meraki), 1 paginated
`,
    stderr: '',
  });
});

test('lists them as JSON', async () => {
  const { code, stdout } = await run(folder, 'inspect', 'pets.json', '--json');
  expect(code).toBe(0);
  const inspection = JSON.parse(stdout);
  expect(inspection).toMatchObject({ title: 'Pet Store', version: '1.0.0', dialect: 'meraki' });
  expect(inspection.unresolved).toEqual([]);
  expect(inspection.operations.slice(1)).toEqual([
    { id: 'listPets', tag: 'pets', method: 'GET', path: '/pets', paginated: true, batch: null },
    {
      id: 'createPet',
      tag: 'pets',
      method: 'POST',
      path: '/pets',
      paginated: false,
      batch: { resource: '/pets', operation: 'create' },
    },
  ]);
});

test('lists what is there although an action is unresolved, and fails', async () => {
  const text = await run(folder, 'inspect', 'open.json');
  expect(text.code).toBe(1);
  expect(text.stdout).toMatch(/, 0 batchable \(meraki\), 1 paginated, 1 action unresolved\n$/);
  expect(text.stderr).toContain('error batch/unresolved');

  const { unresolved } = JSON.parse((await run(folder, 'inspect', 'open.json', '--json')).stdout);
  expect(unresolved).toMatchObject([
    { code: 'batch/unresolved', pointer: '/x-batchable-actions/0' },
  ]);
});

test('fails where the document cannot be used', async () => {
  const { code, stdout, stderr } = await run(folder, 'inspect', 'missing.json');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/error load\/.*missing\.json/);
});
