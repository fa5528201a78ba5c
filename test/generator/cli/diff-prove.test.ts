import { expect, test } from 'vitest';
import { folderWith } from '../config/files.ts';
import { petStore, run } from './run.ts';

const { '/owners': _, ...pets } = Object(petStore['paths']);
const described = { ...petStore, info: { ...Object(petStore['info']), description: 'All pets' } };
const folder = folderWith({
  'old.json': JSON.stringify(petStore),
  'described.json': JSON.stringify(described),
  'smaller.json': JSON.stringify({ ...petStore, paths: pets }),
});

const takes = 'The compiler takes all code that used the old client.\n';

test(
  '--prove says that the compiler takes all code where nothing breaks it',
  { timeout: 120_000 },
  async () => {
    const result = await run(folder, 'diff', 'old.json', 'described.json', '--prove');
    expect(result).toMatchObject({ code: 0, stderr: takes });
  },
);

test(
  '--prove says how often the compiler refuses code that used what is gone',
  { timeout: 120_000 },
  async () => {
    const argv = ['old.json', 'smaller.json', '--level', 'types', '--prove', '--format', 'json'];
    const { code, stdout, stderr } = await run(folder, 'diff', ...argv);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The compiler refuses code that used the old client: \d+ errors?\.\n$/);
    // The comparison has said it: the compiler's errors are no further findings.
    const rules = JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule);
    expect(rules).toContain('function-removed');
    expect(rules).not.toContain('compiler-error');
  },
);

test(
  '--prove compiles against a package as well as against a document',
  { timeout: 120_000 },
  async () => {
    await run(
      folder,
      'generate',
      '--input',
      'old.json',
      '--output',
      'client',
      '--name',
      '@acme/zoo',
    );
    const result = await run(folder, 'diff', 'client', 'described.json', '--prove');
    expect(result).toMatchObject({ code: 0, stderr: takes });
  },
);

test('--prove without the axis of types is an error of usage', async () => {
  const argv = ['old.json', 'smaller.json', '--level', 'wire', '--prove'];
  const { code, stderr } = await run(folder, 'diff', ...argv);
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('`--prove` needs the level types.'),
  });
});
