import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readPageAssets } from '../../../templates/explorer/page-assets.ts';
import { pageOf, petStore } from './pages.ts';

test('is our code of at most 80 kB gzipped, and data', async () => {
  const { script, style } = await readPageAssets();
  expect(gzipSync(script + style).length).toBeLessThan(80_000);
});

test('is the same each time', async () => {
  expect(await pageOf(petStore)).toBe(await pageOf(petStore));
});

test('allows its own script and style, and nothing else', async () => {
  const [, policy = ''] =
    /Content-Security-Policy" content="([^"]+)"/.exec(await pageOf(petStore)) ?? [];
  expect(policy.replaceAll(/sha256-[\w+/=]{44}/g, 'sha256-…')).toBe(
    "default-src 'none'; script-src 'sha256-…'; style-src 'sha256-…'; img-src data:; base-uri 'none'; form-action 'none'",
  );
});

test.each(['</script><script>alert(1)</script>', '<!--<script>', '<img src=x onerror=alert(1)>'])(
  'holds what a document says as data: %s',
  async (text) => {
    const page = await pageOf({
      ...petStore,
      info: { title: text, version: text, description: text },
    });
    const [, ...scripts] = page.split('<script');
    expect(scripts.filter((one) => !one.startsWith(' type="application/json"'))).toHaveLength(1);
    expect(page).not.toContain('<img');
    expect(page).not.toContain('<!--');
  },
);

test.each([
  ['the same as its function', 'listPets', 'listPets'],
  ['written otherwise than its function', 'list-pets', 'listPets'],
  ['absent', undefined, 'getPets'],
])('a change names the function of an operation whose operationId is %s', async (_, id, name) => {
  const document = (summary: string) => ({
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1.0.0' },
    paths: {
      '/pets': {
        get: { operationId: id, summary, tags: ['pets'], responses: { 200: { description: 'A' } } },
      },
    },
  });
  const page = await pageOf(document('New'), document('Old'));
  const [, json = ''] = /id="changes">([^]*?)<\/script>/.exec(page) ?? [];
  expect(JSON.parse(json).findings).toMatchObject([
    { rule: 'description-changed', function: name },
  ]);
});
