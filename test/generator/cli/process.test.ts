// The command as `npm ci` leaves it; `npm test` builds it first.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { folderWith } from '../config/files.ts';
import { petStore } from './run.ts';

const bin = fileURLToPath(new URL('../../../dist/bin/cli.js', import.meta.url));
const document = JSON.stringify(petStore);

function start(folder: string, ...argv: readonly string[]) {
  return spawn(process.execPath, [bin, ...argv], { cwd: folder, stdio: 'pipe' });
}

async function endOf(child: ChildProcess): Promise<readonly [number | null, string | null]> {
  const [code, signal] = await once(child, 'close');
  return [code, signal];
}

test('is ready to run', async () => {
  const child = start(folderWith({}), '--version');
  const [output, end] = await Promise.all([text(child.stdout), endOf(child)]);
  expect(output).toMatch(/^batchwright\/\d/);
  expect(end).toEqual([0, null]);
});

test.skipIf(process.platform === 'win32')(
  'runs by way of a link, as npm installs it (not on Windows)',
  async () => {
    const folder = folderWith({});
    symlinkSync(bin, join(folder, 'batchwright'));
    const child = spawn(process.execPath, [join(folder, 'batchwright'), '--version']);
    expect(await text(child.stdout)).toMatch(/^batchwright\/\d/);
  },
);

test('reads a document from standard input', async () => {
  const folder = folderWith({});
  const child = start(folder, 'generate', '--input', '-', '--output', 'out');
  child.stdin.end(document);
  const [errors, end] = await Promise.all([text(child.stderr), endOf(child)]);
  expect(errors).toBe('');
  expect(end).toEqual([0, null]);
  expect(existsSync(join(folder, 'out', 'package.json'))).toBe(true);
});

test('generates although nobody reads its output any more', async () => {
  const folder = folderWith({ 'pets.json': document });
  const child = start(folder, 'generate', '--input', 'pets.json', '--output', 'out');
  child.stdout.destroy();
  const [errors, end] = await Promise.all([text(child.stderr), endOf(child)]);
  expect(errors).toBe('');
  expect(end).toEqual([0, null]);
  expect(existsSync(join(folder, 'out', 'package.json'))).toBe(true);
});

test('ends without a word when the reader of a listing goes away', async () => {
  const child = start(folderWith({ 'pets.json': document }), 'inspect', 'pets.json');
  child.stdout.destroy();
  const [errors, end] = await Promise.all([text(child.stderr), endOf(child)]);
  expect(errors).toBe('');
  expect(end).toEqual([0, null]);
});

test('shows no stack trace for a fault of the user', async () => {
  const child = start(folderWith({ 'pets.json': '{"openapi":' }), 'inspect', 'pets.json');
  const [errors, end] = await Promise.all([text(child.stderr), endOf(child)]);
  expect(errors).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  expect(errors).toContain('error load/');
  expect(end).toEqual([1, null]);
});

test.skipIf(process.platform === 'win32')(
  'ends at once by a signal, and writes nothing (not on Windows)',
  async () => {
    const folder = folderWith({});
    const child = start(folder, 'generate', '--input', '-', '--output', 'out');
    child.stdin.write(document.slice(0, 100), () => child.kill('SIGINT'));
    child.stdin.on('error', () => {});
    expect(await endOf(child)).toEqual([null, 'SIGINT']);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  },
);
