import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { contentOf, emptyFolder, writeAll } from './folder.ts';

const size = 20_000;
const whole = new Set(['0', '1'].map((digit) => `${digit.repeat(size)}\n`));
const endless = fileURLToPath(new URL('endless.ts', import.meta.url));
const node = [process.execPath, '--import', 'jiti/register', endless] as const;

test.each([1, 3, 5, 8, 12, 20])(
  'keeps every file whole when it is killed, and the next run goes on: after %i ms',
  async (delay) => {
    const root = emptyFolder();
    const child = await startWriting(root);
    await setTimeout(delay);
    child.kill('SIGKILL');
    await once(child, 'close');

    const files = contentOf(join(root, 'src'));
    expect(Object.keys(files)).toHaveLength(30);
    expect(Object.values(files).every((content) => whole.has(content))).toBe(true);

    expect(await writeAll(root, { 'a.ts': 'a\n' })).toMatchObject({ kept: [], codes: [] });
    expect(contentOf(root)).toEqual({ 'a.ts': 'a\n' });
    expect(readdirSync(root).toSorted()).toEqual(['.batchwright.json', 'a.ts']);
  },
);

test.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'leaves one output or the other, and no remains, when %s ends it (not on Windows)',
  async (signal) => {
    const root = emptyFolder();
    const child = await startWriting(root);
    await setTimeout(10);
    child.kill(signal);
    const [, endedBy] = await once(child, 'close');

    expect(endedBy).toBe(signal);
    expect(new Set(Object.values(contentOf(join(root, 'src')))).size).toBe(1);
    expect(readdirSync(root).toSorted()).toEqual(['.batchwright.json', 'src']);
  },
);

test.skipIf(process.platform === 'win32')(
  'leaves the former output whole when a text cannot be written in full (not on Windows)',
  async () => {
    const root = emptyFolder();
    await writeAll(root, { 'src/0.ts': 'former\n', 'src/old.ts': 'old\n' });
    const before = contentOf(root);

    // As a full disk would, though at the size of a file.
    const limited = ['-c', 'ulimit -f 3000 && exec "$@"', 'sh', ...node, root, '4000000'];
    const child = spawn('sh', limited, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);

    expect(output).toBe(
      'write/failed: Cannot write: file too large (EFBIG); nothing was changed.\n',
    );
    expect(code).toBe(1);
    expect(contentOf(root)).toEqual(before);
    expect(readdirSync(root).toSorted()).toEqual(['.batchwright.json', 'src']);
  },
);

test('does not write while another process does', async () => {
  const root = emptyFolder();
  const staging = `.batchwright-${process.ppid}`;
  mkdirSync(join(root, staging));

  expect(await writeAll(root, { 'a.ts': 'a\n' })).toMatchObject({ codes: ['write/busy'] });
  expect(readdirSync(root)).toEqual([staging]);
});

test('does not write the same output twice at a time', async () => {
  const root = emptyFolder();
  const both = await Promise.all([
    writeAll(root, { 'a.ts': 'a\n' }),
    writeAll(root, { 'a.ts': 'b\n' }),
  ]);
  expect(both.flatMap(({ codes }) => codes)).toEqual(['write/busy']);
});

test('removes what a process left that is no more', async () => {
  const root = emptyFolder();
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'close');
  const staging = join(root, `.batchwright-${child.pid}`);
  mkdirSync(staging);
  writeFileSync(join(staging, 'new-0'), 'half');

  expect(await writeAll(root, { 'a.ts': 'a\n' })).toMatchObject({ codes: [] });
  expect(existsSync(staging)).toBe(false);
});

/** Resolves once the first output is complete. */
async function startWriting(root: string): Promise<ChildProcess> {
  const [command, ...args] = node;
  const child = spawn(command, [...args, root, String(size)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}
