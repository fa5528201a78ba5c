// What is loaded first looks whether anything has changed, and leaves all else to the whole command line.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../config/files.ts';
import {
  config,
  document,
  generate,
  generated,
  repeated,
  replaceIn,
  usual,
} from './repeated-run.ts';
import type { Result } from './run.ts';

test('takes a checkout with the line ends of Windows for what it was', async () => {
  const folder = await generated();
  for (const file of ['out/src/client.ts', 'out/.batchwright.json'])
    replaceIn(join(folder, file), '\n', '\r\n');
  expect((await generate(folder, ...usual, '--check')).stderr).toContain(repeated);
});

test('looks for a change near the end of a large document', async () => {
  const folder = folderWith({ 'pets.json': `${document}${' '.repeat(200_000)}` });
  await generate(folder);
  expect((await generate(folder)).stderr).toContain(repeated);
  replaceIn(join(folder, 'pets.json'), '          '.repeat(1000), '\n         '.repeat(1000));
  expect((await generate(folder)).stderr).not.toContain(repeated);
});

test('runs the code of a configuration once in each run', async () => {
  const folder = folderWith({
    'pets.json': document,
    'batchwright.config.mjs': `
      import { appendFileSync } from 'node:fs';
      appendFileSync('runs.txt', 'once ');
      export default ${config([])};`,
  });
  const call = ['--config', 'batchwright.config.mjs'];
  await generate(folder, ...call);
  expect((await generate(folder, ...call)).stderr).toContain(repeated);
  expect(readFileSync(join(folder, 'runs.txt'), 'utf8')).toBe('once once ');
});

test.for([
  ['--dialect', 'merakl'],
  ['--format', 'xml'],
  ['--chekc'],
  ['--config', 'absent.json'],
] as const)('says what is wrong with %j where nothing has changed', async (flags) => {
  const folder = await generated();
  const fresh = folderWith({ 'pets.json': document });
  const run = async (where: string): Promise<Result> => {
    const result = await generate(where, ...usual, ...flags);
    return { ...result, stderr: result.stderr.replaceAll(/\d+ ms/g, '0 ms') };
  };
  const result = await run(folder);
  expect(result).toEqual({ code: 2, stderr: expect.stringContaining('error'), stdout: '' });
  expect(result).toEqual(await run(fresh));
});
