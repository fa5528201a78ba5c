import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { document, folderWith, loadFiles, loadSource } from './loading.ts';
import { originOf, serve } from './serve.ts';

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  for (const part of [text.slice(0, 10), text.slice(10)]) yield Buffer.from(part);
}

test('reads a document from a path', async () => {
  const { loaded, told } = await loadFiles({ 'api.json': document() });
  expect(told).toEqual([]);
  expect(loaded?.document.info.title).toBe('Pets');
  expect(loaded?.version).toBe('3.0');
});

test('reads a document from a file URL', async () => {
  const folder = folderWith({ 'an api.json': document() });
  const { loaded } = await loadSource(pathToFileURL(join(folder, 'an api.json')).href);
  expect(loaded?.document.info.title).toBe('Pets');
});

test('reads a document from standard input', async () => {
  const { loaded } = await loadSource('-', { stdin: bytes(document()) });
  expect(loaded?.document.info.title).toBe('Pets');
  expect(loaded?.source).toBe('standard input');
});

test('reads a document from a URL', async () => {
  const origin = await serve((_, response) => response.end(document()));
  const { loaded } = await loadSource(`${origin}/api.json`);
  expect(loaded?.document.info.title).toBe('Pets');
});

test('follows a redirect on the same host', async () => {
  const origin = await serve((request, response) => {
    if (request.url === '/new') response.end(document());
    else response.writeHead(302, { location: '/new' }).end();
  });
  const { loaded } = await loadSource(`${origin}/old`);
  expect(loaded?.document.info.title).toBe('Pets');
});

test('gives up on redirects without end', async () => {
  const origin = await serve((_, response) => response.writeHead(302, { location: '/' }).end());
  const { told, messages } = await loadSource(origin);
  expect(told).toEqual([`error load/redirect ${origin}/`]);
  expect(messages).toEqual([`${origin}/ redirects more than 5 times.`]);
});

test('says with which status a server refused', async () => {
  const origin = await serve((_, response) => response.writeHead(404).end());
  const { told, messages } = await loadSource(`${origin}/api.json`);
  expect(told).toEqual([`error load/unreachable ${origin}/api.json`]);
  expect(messages).toEqual([`${origin}/api.json answered with status 404.`]);
});

test('says that a server refused the connection', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = originOf(server);
  await new Promise((resolve) => server.close(resolve));
  const { told, messages } = await loadSource(`${origin}/api.json`);
  expect(told).toEqual([`error load/unreachable ${origin}/api.json`]);
  expect(messages).toEqual([`${origin}/api.json cannot be reached: it refused the connection.`]);
});

test('sends the credentials of a URL as a header, and tells them to nobody', async () => {
  let authorization: string | undefined;
  const origin = await serve((request, response) => {
    ({ authorization } = request.headers);
    response.end('no document');
  });
  const { messages, loaded } = await loadSource(
    `${origin.replace('http://', 'http://user:s3cret@')}/api.json?key=s3cret`,
  );
  expect(authorization).toBe(`Basic ${Buffer.from('user:s3cret').toString('base64')}`);
  expect(loaded).toBeUndefined();
  expect(messages.join()).not.toContain('s3cret');
});

test('stops when its signal says so', async () => {
  const origin = await serve(() => {});
  const abort = new AbortController();
  const loading = loadSource(origin, { signal: abort.signal });
  abort.abort(new Error('enough'));
  await expect(loading).rejects.toThrow('enough');
});

test('says that a file is not there', async () => {
  const { told, messages } = await loadSource('nowhere/api.yaml');
  expect(told).toEqual(['error load/not-found nowhere/api.yaml']);
  expect(messages).toEqual(['There is no file nowhere/api.yaml.']);
});

test('says that a folder is no file', async () => {
  const folder = folderWith({ 'api/openapi.yaml': '' });
  const { told, messages } = await loadSource(join(folder, 'api'), {}, `${folder}/`);
  expect(told).toEqual(['error load/not-found api']);
  expect(messages).toEqual(['api is a folder, not a file.']);
});

test('makes relative server URLs absolute where the document has an address', async () => {
  const servers = [{ url: '/v1' }, { url: 'https://example.com' }, { url: '{scheme}://{host}' }];
  const origin = await serve((_, response) => response.end(document({ servers })));
  const { loaded } = await loadSource(`${origin}/docs/api.json`);
  expect(loaded?.document.servers?.map(({ url }) => url)).toEqual([
    `${origin}/v1`,
    'https://example.com',
    '{scheme}://{host}',
  ]);
});
