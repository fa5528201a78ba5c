import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generate } from '../../generator/generate.ts';
import { folderWith } from '../generator/config/files.ts';

const responses = { 204: { description: 'Done.' } };

function documentWith(servers: Readonly<Record<string, string>>): string {
  const paths = Object.entries(servers).map(([path, url]) => [
    path,
    { get: { operationId: `get${path.slice(1)}`, responses, servers: [{ url }] } },
  ]);
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Things', version: '1' },
    servers: [{ url: 'https://api.example.com/v1' }],
    security: [{ key: [] }],
    paths: {
      ...Object.fromEntries(paths),
      '/home': { get: { operationId: 'getHome', responses } },
    },
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
  });
}

async function hostsOf(folder: string, document: string, dialect?: string) {
  const { writeFileSync } = await import('node:fs');
  const input = join(folder, 'api.json');
  writeFileSync(input, document);
  const target = { input, output: join(folder, 'out'), name: 'things', dialect };
  const { diagnostics } = await generate(target);
  return diagnostics
    .filter(({ code }) => code.endsWith('-host'))
    .map(({ severity, code, message }) => `${severity} ${code} ${message}`);
}

describe('a further host that would get credentials is a warning', () => {
  test.each([
    'https://evil.example',
    'https://api.example.com.evil.example/v1',
    'http://api.example.com/v1',
    'https://api.example.com:8443/v1',
  ])('%s', async (url) => {
    const { origin } = new URL(url);
    expect(await hostsOf(folderWith({}), documentWith({ '/a': url, '/b': url }))).toEqual([
      `warning operation/other-host \`geta\` and 1 more would send the credentials to ${origin}, which is not the API's own host.`,
    ]);
  });

  test.each(['https://api.example.com/v2', '/v2'])('but not %s', async (url) => {
    expect(await hostsOf(folderWith({}), documentWith({ '/a': url }))).toEqual([]);
  });
});

test.each(['https://evil.example', 'https://evilmeraki.com', 'https://meraki.com.evil.example'])(
  'under a dialect that knows its hosts, %s is an error',
  async (url) => {
    expect(await hostsOf(folderWith({}), documentWith({ '/a': url }), 'meraki')).toEqual([
      expect.stringMatching(/^error operation\/other-host /),
    ]);
  },
);

describe('what is new since the last time', () => {
  test('is said once, and recorded', async () => {
    const folder = folderWith({});
    await hostsOf(folder, documentWith({ '/a': 'https://one.example' }));
    const both = documentWith({ '/a': 'https://one.example', '/b': 'https://two.example' });
    expect(await hostsOf(folder, both)).toContain(
      'warning write/new-host Credentials would go to https://two.example now; they did not when this was generated last.',
    );
    const record: unknown = JSON.parse(readFileSync(join(folder, 'out/.batchwright.json'), 'utf8'));
    expect(record).toMatchObject({ hosts: ['https://one.example', 'https://two.example'] });
    expect((await hostsOf(folder, both)).filter((line) => line.includes('new-host'))).toEqual([]);
  });

  test('is nothing the first time', async () => {
    const lines = await hostsOf(folderWith({}), documentWith({ '/a': 'https://one.example' }));
    expect(lines.filter((line) => line.includes('new-host'))).toEqual([]);
  });

  test('is what came to a document that had none', async () => {
    const folder = folderWith({});
    await hostsOf(folder, documentWith({}));
    const lines = await hostsOf(folder, documentWith({ '/a': 'https://one.example' }));
    expect(lines.filter((line) => line.includes('new-host'))).toHaveLength(1);
  });
});
