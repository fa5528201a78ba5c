import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pullCommand } from '../../../generator/pull/command.ts';
import { pull, update } from '../../../generator/pull/pull.ts';

const text = `${JSON.stringify({
  openapi: '3.0.1',
  info: { title: 'Things', version: '1.0.0' },
  paths: {},
})}\n`;

/** batchwright takes it with a warning, swagger-parser does not. */
const odd = JSON.stringify({
  openapi: '3.0.1',
  info: { title: 'Things', version: '1.0.0' },
  paths: {},
  components: {
    schemas: { Thing: { $ref: '#/components/parameters/id' } },
    parameters: { id: { name: 'id', in: 'query', schema: {} } },
  },
});

let specs: string;
let server: Server;
let origin: string;
let requests: string[];

beforeEach(async () => {
  specs = await mkdtemp(join(tmpdir(), 'batchwright-pull-'));
  requests = [];
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    if (request.url === '/spec3.json') response.end(text);
    else if (request.url === '/wrong.json') response.end(text.replace('"paths"', '"path"'));
    else if (request.url === '/odd.json') response.end(odd);
    else if (request.url?.startsWith('/cut.json')) response.end(text.slice(0, 10));
    else response.writeHead(404).end('no such document');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  origin = `http://127.0.0.1:${address.port}`;
});

afterEach(async () => {
  vi.restoreAllMocks();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  await rm(specs, { recursive: true });
});

function sha256Of(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A folder `specs/<api>` with a `source.json` that promises `text`, except where `changes` differ. */
async function folderOf(api: string, changes: Record<string, unknown> = {}): Promise<string> {
  const folder = join(specs, api);
  await mkdir(folder);
  const source = {
    url: `${origin}/spec3.json`,
    version: '1.0.0',
    bytes: text.length,
    sha256: sha256Of(text),
    ...changes,
  };
  await writeFile(join(folder, 'source.json'), JSON.stringify(source));
  return folder;
}

function silence(): { readonly out: () => string; readonly err: () => string } {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  return { out: () => log.mock.calls.join('\n'), err: () => error.mock.calls.join('\n') };
}

test('the promised document is written beside source.json', async () => {
  const folder = await folderOf('meraki');

  const pulled = await pull(folder);

  expect(pulled).toMatchObject({ file: join(folder, 'vendor.json'), fetched: true });
  expect(await readFile(pulled.file, 'utf8')).toBe(text);
  expect(await readdir(folder)).toEqual(['source.json', 'vendor.json']);
});

test('a SHA-256 in upper case means the same', async () => {
  const folder = await folderOf('meraki', { sha256: sha256Of(text).toUpperCase() });
  await expect(pull(folder)).resolves.toMatchObject({ fetched: true });
});

test('a document that is there already is not fetched again', async () => {
  const folder = await folderOf('meraki');
  await pull(folder);

  await expect(pull(folder)).resolves.toMatchObject({ fetched: false });
  expect(requests).toEqual(['/spec3.json']);
});

test('a document that is there but not the promised one is replaced', async () => {
  const folder = await folderOf('meraki');
  await writeFile(join(folder, 'vendor.json'), 'of an earlier version');

  await pull(folder);

  expect(await readFile(join(folder, 'vendor.json'), 'utf8')).toBe(text);
});

test('a document with another checksum leaves everything as it was', async () => {
  const folder = await folderOf('meraki', { url: `${origin}/cut.json` });
  await writeFile(join(folder, 'vendor.json'), 'of an earlier version');

  await expect(pull(folder)).rejects.toThrow(
    `${origin}/cut.json is not the document that ${join(folder, 'source.json')} promises.\n` +
      'Nothing was written.\n' +
      `  expected ${text.length} bytes, SHA-256 ${sha256Of(text)}\n` +
      `  received 10 bytes, SHA-256 ${sha256Of(text.slice(0, 10))}\n`,
  );
  expect(await readFile(join(folder, 'vendor.json'), 'utf8')).toBe('of an earlier version');
  expect(await readdir(folder)).toEqual(['source.json', 'vendor.json']);
});

test('an answer without success is an error that says so', async () => {
  const folder = await folderOf('meraki', { url: `${origin}/gone.json` });

  await expect(pull(folder)).rejects.toThrow(`${origin}/gone.json answered with status 404`);
  expect(await readdir(folder)).toEqual(['source.json']);
});

test('a server that cannot be reached is an error that says so', async () => {
  const folder = await folderOf('meraki');
  await new Promise((resolve) => server.close(resolve));

  await expect(pull(folder)).rejects.toThrow(`${origin}/spec3.json cannot be reached`);
});

test('credentials in the address stay out of the error', async () => {
  const url = `${origin.replace('//', '//reader:hunter2@')}/cut.json?token=hunter2`;
  const folder = await folderOf('meraki', { url });

  await expect(pull(folder)).rejects.toThrow(/^(?!.*hunter2).*\/cut\.json is not the document/s);
});

test('a document that cannot be written is an error and leaves nothing behind', async () => {
  const folder = await folderOf('meraki');
  await mkdir(join(folder, 'vendor.json'));

  await expect(pull(folder)).rejects.toThrow(`${join(folder, 'vendor.json')} cannot be written`);
  expect(await readdir(folder)).toEqual(['source.json', 'vendor.json']);
});

test.each([
  ['url', 'file:///etc/passwd', 'url must be an http or https address'],
  ['url', 'https://', 'url must be an http or https address'],
  ['url', undefined, 'url must be an http or https address'],
  ['version', 1, 'version must be a string'],
  ['bytes', '22', 'bytes must be a number'],
  ['sha256', 'abc', 'sha256 must be 64 hexadecimal digits'],
])('a source.json whose %s is %j is refused', async (name, value, message) => {
  const folder = await folderOf('meraki', { [name]: value });

  await expect(pull(folder)).rejects.toThrow(`${join(folder, 'source.json')}: ${message}.`);
  expect(requests).toEqual([]);
});

test.each([
  ['{ "url": ', 'is not JSON'],
  ['null', 'must hold an object'],
])('a source.json that holds %j is refused', async (content, message) => {
  const folder = await folderOf('meraki');
  await writeFile(join(folder, 'source.json'), content);

  await expect(pull(folder)).rejects.toThrow(`${join(folder, 'source.json')} ${message}`);
});

test('a missing source.json is an error that names it', async () => {
  const file = join(specs, 'source.json');
  await expect(pull(specs)).rejects.toThrow(`${file} cannot be read`);
});

test('the command pulls every API that has a source.json', async () => {
  await folderOf('meraki');
  await folderOf('other');
  await mkdir(join(specs, 'without'));
  const { out } = silence();

  await expect(pullCommand([], specs)).resolves.toBe(0);
  expect(out()).toBe(
    `Wrote ${join(specs, 'meraki', 'vendor.json')} (version 1.0.0, ${text.length} bytes)\n` +
      `Wrote ${join(specs, 'other', 'vendor.json')} (version 1.0.0, ${text.length} bytes)`,
  );
});

test('the command pulls only the APIs it is given', async () => {
  await folderOf('meraki');
  const other = await folderOf('other');
  silence();

  await expect(pullCommand(['meraki'], specs)).resolves.toBe(0);
  expect(await readdir(other)).toEqual(['source.json']);
});

test('the command fails with 1 where one document fails, and still pulls the others', async () => {
  const good = await folderOf('good');
  await folderOf('broken', { url: `${origin}/cut.json` });
  const { err } = silence();

  await expect(pullCommand([], specs)).resolves.toBe(1);
  expect(err()).toContain('Nothing was written.');
  expect(await readdir(good)).toEqual(['source.json', 'vendor.json']);
});

test('the command fails with 2 for an API that it does not know', async () => {
  await folderOf('meraki');
  const { err } = silence();

  await expect(pullCommand(['merak'], specs)).resolves.toBe(2);
  expect(err()).toContain(
    `There is no source.json for merak in ${specs}. Those that have one: meraki.`,
  );
  expect(requests).toEqual([]);
});

test('the command fails with 1 where there is nothing to pull', async () => {
  const { err } = silence();

  await expect(pullCommand([], join(specs, 'absent'))).resolves.toBe(1);
  expect(err()).toContain('there is nothing to pull');
});

test('a promised document that a reader does not accept is not written', async () => {
  const wrong = text.replace('"paths"', '"path"');
  const promise = { url: `${origin}/wrong.json`, bytes: wrong.length, sha256: sha256Of(wrong) };
  const folder = await folderOf('meraki', promise);

  await expect(pull(folder)).rejects.toThrow(
    `${origin}/wrong.json is not a document that both readers accept.\nNothing was written.\n  load/invalid: `,
  );
  expect(await readdir(folder)).toEqual(['source.json']);
});

test('an update takes what is published now, and promises it from then on', async () => {
  const folder = await folderOf('meraki', { version: '0.9.0', bytes: 1, sha256: '0'.repeat(64) });
  const { out } = silence();

  await expect(pullCommand(['meraki', '--update'], specs)).resolves.toBe(0);
  expect(out()).toBe(`Wrote ${join(folder, 'vendor.json')} (version 1.0.0, ${text.length} bytes)`);
  expect(JSON.parse(await readFile(join(folder, 'source.json'), 'utf8'))).toEqual({
    url: `${origin}/spec3.json`,
    version: '1.0.0',
    bytes: text.length,
    sha256: sha256Of(text),
  });
  await expect(pull(folder)).resolves.toMatchObject({ fetched: false });
});

test.each([
  ['batchwright', '/wrong.json', 'load/invalid: '],
  ['swagger-parser alone', '/odd.json', 'swagger-parser rejects it'],
  ['both', '/cut.json', 'load/'],
])('an update that %s does not accept leaves everything as it was', async (_, path, reason) => {
  const folder = await folderOf('meraki', { url: `${origin}${path}`, sha256: '0'.repeat(64) });
  await writeFile(join(folder, 'vendor.json'), 'of an earlier version');
  const source = await readFile(join(folder, 'source.json'), 'utf8');

  await expect(update(folder)).rejects.toThrow(reason);
  expect(await readFile(join(folder, 'vendor.json'), 'utf8')).toBe('of an earlier version');
  expect(await readFile(join(folder, 'source.json'), 'utf8')).toBe(source);
});

test('the command fails with 2 for an option that it does not know', async () => {
  await folderOf('meraki');
  const { err } = silence();

  await expect(pullCommand(['--updat'], specs)).resolves.toBe(2);
  expect(err()).toContain('There is no option --updat. There are: --update, --dry-run, --help.');
});
