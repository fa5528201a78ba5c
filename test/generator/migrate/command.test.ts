import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../config/files.ts';
import { run } from '../cli/run.ts';
import { before, document } from './pets.ts';

const timeout = 120_000;

test('--dry-run prints a patch that git applies, and changes nothing', { timeout }, async () => {
  const code = `import { createPets } from '@acme/pets';\n${'// far\n'.repeat(20)}const { pets } = createPets({});\nexport const pet = await pets.getPet({ id: '1' });`;
  const folder = folderWith({
    'old.json': document(before),
    'new.json': document({ ...before, get: 'showPet', id: 'petId' }),
    'src/app.ts': `import { getPet } from '@acme/pets';\n${code}\nexport { getPet };\n`,
    'src/b.ts': code,
  });
  const argv = ['--from', 'old.json', '--to', 'new.json', '--name', '@acme/pets', 'src/*.ts'];
  const dry = await run(folder, 'migrate', ...argv, '--dry-run');
  expect(dry.code).toBe(0);
  expect(readFileSync(join(folder, 'src/b.ts'), 'utf8')).toBe(code);
  writeFileSync(join(folder, 'a.patch'), dry.stdout);
  const git = (...words: readonly string[]): void =>
    void execFileSync('git', words, { cwd: folder });
  git('init', '--quiet');
  git('apply', 'a.patch');
  const patched = ['src/app.ts', 'src/b.ts'].map((path) =>
    readFileSync(join(folder, path), 'utf8'),
  );
  git('apply', '--reverse', 'a.patch');
  expect((await run(folder, 'migrate', ...argv)).code).toBe(0);
  const written = ['src/app.ts', 'src/b.ts'].map((path) =>
    readFileSync(join(folder, path), 'utf8'),
  );
  expect(patched).toEqual(written);
});

test('two generated packages say their name themselves', { timeout }, async () => {
  const folder = folderWith({
    'old.json': document(before),
    'new.json': document({ ...before, get: 'showPet' }),
    'app.ts': "import { getPet } from '@acme/zoo';\nexport { getPet };\n",
  });
  for (const [input, output, name] of [
    ['old.json', 'v1', '@acme/zoo'],
    ['new.json', 'v2', '@acme/zoological'],
  ] as const)
    await run(folder, 'generate', '--input', input, '--output', output, '--name', name);
  const { code } = await run(folder, 'migrate', '--from', 'v1', '--to', 'v2', 'app.ts');
  expect(readFileSync(join(folder, 'app.ts'), 'utf8')).toBe(
    "import { showPet } from '@acme/zoological';\nexport { showPet as getPet };\n",
  );
  expect(code).toBe(0);
});

test.each([
  [['src/*.ts'], 'needs `--from` and `--to`'],
  [['--from', 'a.json', '--to', 'b.json'], 'needs the code that is to change'],
])('a command line that lacks something is an error of usage: %s', async (argv, message) => {
  const { code, stderr } = await run(folderWith({}), 'migrate', ...argv);
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
});
