import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, loadSource, loadText } from './loading.ts';
import { serve } from './serve.ts';
import { referring, at } from './referring.ts';

test('does not follow a symbolic link out of the folder', async () => {
  const folder = folderWith({ 'secret.json': '{"type": "string"}' });
  mkdirSync(join(folder, 'docs'));
  writeFileSync(join(folder, 'docs', 'api.json'), referring('link.json'));
  symlinkSync('../secret.json', join(folder, 'docs', 'link.json'));
  const { told, loaded } = await loadSource(
    join(folder, 'docs', 'api.json'),
    {},
    `${folder}/docs/`,
  );
  expect(told).toEqual([`error load/outside-ref api.json${at}`]);
  expect(loaded).toBeUndefined();
});

test('sends no request unless the host is allowed', async () => {
  const requests: (string | undefined)[] = [];
  const origin = await serve((request, response) => {
    requests.push(request.url);
    response.end('{"type": "string"}');
  });
  const { told, hints } = await loadText(referring(`${origin}/pet.json`));
  expect(told).toEqual([`error load/remote-ref api.yaml${at}`]);
  expect(hints).toEqual([
    `If you trust that host, allow it with --allow-remote-refs ${new URL(origin).host}.`,
  ]);
  expect(requests).toEqual([]);
});

test('follows references to a host that is allowed, with its port', async () => {
  const origin = await serve((_, response) => response.end('{"type": "string"}'));
  const { host, hostname } = new URL(origin);
  const { loaded, told } = await loadText(referring(`${origin}/pet.json`), {
    allowRemoteRefs: [host],
  });
  expect(told).toEqual([]);
  expect(loaded?.document.components?.schemas).toEqual({ pet: { type: 'string' } });

  const other = await loadText(referring(`${origin}/pet.json`), { allowRemoteRefs: [hostname] });
  expect(other.told).toEqual([`error load/remote-ref api.yaml${at}`]);
});

test('does not follow a redirect to a host that is not allowed', async () => {
  const requests: (string | undefined)[] = [];
  const inner = await serve((request, response) => {
    requests.push(request.url);
    response.end('{"type": "string"}');
  });
  const outer = await serve((_, response) =>
    response.writeHead(302, { location: `${inner}/x` }).end(),
  );
  const { told } = await loadText(referring(`${outer}/pet.json`), {
    allowRemoteRefs: [new URL(outer).host],
  });
  expect(told).toEqual([`error load/redirect api.yaml${at}`]);
  expect(requests).toEqual([]);
});

test('does not follow references out of a document from standard input', async () => {
  const stdin = (async function* () {
    yield Buffer.from(referring('pet.json'));
  })();
  const { told, hints } = await loadSource('-', { stdin });
  expect(told).toEqual([`error load/unresolved-ref standard input${at}`]);
  expect(hints).toEqual(['A document from standard input has no folder; give its path instead.']);
});
