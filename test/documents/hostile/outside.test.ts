import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generate } from '../../../generator/generate.ts';
import { printFile } from '../../support/stages.ts';
import { outcomeOf } from './complaints.ts';
import { blank, operationOf, places } from './positions.ts';
import { texts } from './texts.ts';

const secret = 'A_SECRET_OF_THIS_MACHINE';
const requests: string[] = [];
const server = createServer((request, response) => {
  requests.push(request.url ?? '');
  response.end(JSON.stringify({ type: 'object', properties: { [secret]: {} } }));
});
let folder = '';
let origin = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-outside-'));
  await mkdir(join(folder, 'api'));
  const text = JSON.stringify({ type: 'object', title: secret, properties: { [secret]: {} } });
  await writeFile(join(folder, 'secret.json'), text);
  await symlink(join(folder, 'secret.json'), join(folder, 'api/link.json'));
  await symlink(folder, join(folder, 'api/up'), 'junction');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const targets: Readonly<Record<string, () => string>> = {
  'a file URL': () => pathToFileURL(join(folder, 'secret.json')).href,
  'an absolute path': () => join(folder, 'secret.json'),
  'a path of the parent folder': () => '../secret.json',
  'an encoded path of the parent folder': () => '%2e%2e/secret.json',
  'a path that goes down and up': () => 'a/../../secret.json',
  'a symbolic link': () => 'link.json',
  'a symbolic link of a folder': () => 'up/secret.json',
  'a server': () => `${origin}/secret.json`,
  'a server without a scheme': () => `${origin.slice('http:'.length)}/secret.json`,
  'a device': () => 'file:///dev/zero',
  'a share of Windows': () => 'file://127.0.0.1/share/secret.json',
  'data in the URL': () => `data:application/json,{"title":"${secret}"}`,
};

type Place = (document: ReturnType<typeof blank>, target: string) => void;

/** Where a document can refer to something else. */
const positions: Readonly<Record<string, Place>> = {
  schema: ({ components }, $ref) => Object.assign(components.schemas, { A: { $ref } }),
  parameter: (document, $ref) => operationOf(document).parameters.push({ $ref }),
  answer: (document, $ref) => Object.assign(operationOf(document).responses, { 400: { $ref } }),
  body: (document, $ref) => Object.assign(operationOf(document), { requestBody: { $ref } }),
  'path item': ({ paths }, $ref) => Object.assign(paths, { '/other': { $ref } }),
  callback: (document, $ref) =>
    Object.assign(operationOf(document), { callbacks: { a: { $ref } } }),
  example: (document, externalValue) =>
    Object.assign(operationOf(document).parameters[1] ?? {}, {
      examples: { a: { externalValue } },
    }),
  mapping: ({ components }, a) =>
    Object.assign(components.schemas, {
      A: { oneOf: [], discriminator: { propertyName: 'a', mapping: { a } } },
    }),
  identifier: ({ components }, $id) =>
    Object.assign(components.schemas, { A: { $id, $ref: '#/a', $dynamicRef: $id, $schema: $id } }),
  link: (document, operationRef) =>
    Object.assign(operationOf(document).responses['200'] ?? {}, { links: { a: { operationRef } } }),
};

test.each(Object.entries(targets))('Nothing is read from: %s', async (_, target) => {
  for (const put of Object.values(positions)) {
    const document = blank();
    put(document, target());
    const input = join(folder, 'api/openapi.json');
    await writeFile(input, JSON.stringify(document));
    for (const lenient of [false, true]) {
      const printed = await printFile(input, { lenient });
      expect(outcomeOf(printed)).not.toBe('');
      // The reference itself may be told of, and be part of its document's text.
      expect(JSON.stringify(printed).replaceAll(target(), '')).not.toContain(secret);
    }
  }
  expect(requests).toEqual([]);
});

test('Whatever a document calls its parts, files are in the output folder alone', async () => {
  const root = join(folder, 'root');
  const input = join(folder, 'api/openapi.json');
  await mkdir(root);
  const listing = async (): Promise<readonly string[]> =>
    (await Promise.all([folder, root, join(folder, 'api')].map((path) => readdir(path)))).flat();
  const before = [...(await listing()), 'output'].toSorted();
  for (const text of Object.values(texts)) {
    const document = blank();
    for (const [name, put] of Object.entries(places)) {
      // Credentials for another host end the generation, and this is about names.
      if (!name.includes('server of an operation') && !name.includes('operation’s server'))
        put(document, text);
    }
    operationOf(document)['tags'] = [text];
    document.info['title'] = text;
    await writeFile(input, JSON.stringify(document));
    await generate({ input, output: join(root, 'output'), lenient: true }, { force: true });
    expect((await listing()).toSorted()).toEqual(before);
  }
});

test('A symbolic link in the output folder is not written through', async () => {
  const input = join(folder, 'api/openapi.json');
  const output = join(folder, 'linked');
  const elsewhere = join(folder, 'elsewhere');
  await Promise.all([mkdir(output), mkdir(elsewhere)]);
  await symlink(elsewhere, join(output, 'src'), 'junction');
  await writeFile(input, JSON.stringify(blank()));
  const { diagnostics } = await generate({ input, output }, { force: true });
  expect(diagnostics.map(({ code }) => code)).toContain('write/blocked');
  expect(await readdir(elsewhere)).toEqual([]);
  expect(await readdir(output)).toEqual(['src']);
});
