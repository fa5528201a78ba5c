import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pullCommand } from '../../../generator/pull/command.ts';

const text = JSON.stringify({
  openapi: '3.0.1',
  info: { title: 'Things', version: '1.0.0' },
  paths: {},
});

let specs: string;
let server: Server;

beforeEach(async () => {
  specs = await mkdtemp(join(tmpdir(), 'batchwright-update-'));
  server = createServer((_, response) => response.end(text));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  await rm(specs, { recursive: true });
});

/** A folder whose `source.json` promises what is published no more. */
async function folderOf(api: string): Promise<string> {
  const folder = join(specs, api);
  await mkdir(folder);
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const url = `http://127.0.0.1:${port}/spec3.json`;
  const source = { url, version: '0.9.0', bytes: 1, sha256: '0'.repeat(64) };
  await writeFile(join(folder, 'source.json'), JSON.stringify(source));
  return folder;
}

function silence(): { readonly out: () => string; readonly err: () => string } {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  return { out: () => log.mock.calls.join('\n'), err: () => error.mock.calls.join('\n') };
}

const earlier = text.replace(
  '"paths":{}',
  '"paths":{"/things":{"get":{"operationId":"listThings","responses":{"204":{"description":"None"}}}}}',
);

test('an update prints what changes for callers before it replaces anything', async () => {
  const folder = await folderOf('meraki');
  await writeFile(join(folder, 'vendor.json'), earlier);
  const { out } = silence();

  await expect(pullCommand(['meraki', '--update'], specs)).resolves.toBe(0);
  expect(out()).toMatch(/listThings[^]*breaking[^]*\nmajor: [^]*\nWrote /);
  expect(await readFile(join(folder, 'vendor.json'), 'utf8')).toBe(text);
});

test('a dry run prints the same and writes nothing', async () => {
  const folder = await folderOf('meraki');
  await writeFile(join(folder, 'vendor.json'), earlier);
  const source = await readFile(join(folder, 'source.json'), 'utf8');
  const { out } = silence();

  await expect(pullCommand(['meraki', '--update', '--dry-run'], specs)).resolves.toBe(0);
  expect(out()).toMatch(/listThings[^]*\nmajor: [^]*\nWould write /);
  expect(await readFile(join(folder, 'vendor.json'), 'utf8')).toBe(earlier);
  expect(await readFile(join(folder, 'source.json'), 'utf8')).toBe(source);
});

test('an update says where the old document cannot be compared, and goes on', async () => {
  const folder = await folderOf('meraki');
  await writeFile(join(folder, 'vendor.json'), 'of an earlier version');
  const { out } = silence();

  await expect(pullCommand(['meraki', '--update'], specs)).resolves.toBe(0);
  expect(out()).toMatch(/cannot be compared[^]*\nWrote /);
});

test('a dry run without an update is refused', async () => {
  await folderOf('meraki');
  const { err } = silence();
  await expect(pullCommand(['--dry-run'], specs)).resolves.toBe(2);
  expect(err()).toContain('--dry-run belongs to --update.');
});
