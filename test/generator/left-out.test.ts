import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run, petStore } from './cli/run.ts';
import { folderWith } from './load/loading.ts';

test.each([
  ['include', { tags: ['owners'] }, '1 operation, 0 batchable'],
  ['exclude', { operations: ['createPet'] }, '2 operations, 0 batchable'],
  ['exclude', { tags: ['owners'] }, '2 operations, 1 batchable'],
])(
  'a batchable action whose operation is left out is no fault: %s %j',
  async (option, filter, expected) => {
    const folder = folderWith({ 'api.json': JSON.stringify(petStore) });
    const target = { input: 'api.json', output: 'out', [option]: filter };
    await writeFile(
      join(folder, 'batchwright.config.json'),
      JSON.stringify({ targets: { pets: target } }),
    );
    const { code, stdout, stderr } = await run(folder, 'generate');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(expected);
  },
);
