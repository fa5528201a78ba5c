import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** What is emitted for the Meraki API, as far as a single operation needs it. */
const CLIENT = `
import { createClient as create } from './client.js';
import { bearer } from './transport/credentials.js';
import { tokenBucket } from './transport/rate-limit.js';

export const allowedUrls = /^https:\\/\\/([\\w-]+\\.)*(meraki\\.(com|ca|cn|in)|gov-meraki\\.com)\\//;

export function createClient(options) {
  return create({
    allowedUrls,
    credentials: [bearer(options.apiKey)],
    ...options,
    baseUrl: options.baseUrl ?? 'https://api.meraki.com/api/v1',
  });
}

export function rateLimit() {
  return tokenBucket({
    perSecond: 10,
    key: ({ path }) => /^\\/organizations\\/[^/]+/.exec(path)?.[0],
  });
}
`;

const OPERATION = `
import { own, send } from './client.js';
import { path } from './params/path.js';

export function updateNetwork(client, input, options) {
  input = own(input);
  return send(client, options, () => ({
    id: 'updateNetwork',
    method: 'PUT',
    path: path('/networks/{networkId}', input),
    body: input.body,
  }));
}
`;

const LISTING = `
import { own } from './client.js';
import { linkPages, listItems, paginate } from './pages/paginate.js';
import { path } from './params/path.js';

export function getOrganizationAdmins(client, input, options) {
  input = own(input);
  return paginate(client, options, linkPages({ items: listItems }), () => ({
    id: 'getOrganizationAdmins',
    method: 'GET',
    path: path('/organizations/{organizationId}/admins', input),
    query: [
      ['perPage', input.perPage],
      ['startingAfter', input.startingAfter],
      ['endingBefore', input.endingBefore],
    ],
  }));
}
`;

async function bytes(...sources: readonly string[]): Promise<number> {
  const modules = new Map(sources.map((source, index) => [`virtual:${index}`, source]));
  const { outputFiles } = await build({
    stdin: {
      contents: [...modules.keys()].map((name) => `export * from '${name}';`).join('\n'),
      resolveDir: 'templates/runtime',
    },
    plugins: [
      {
        name: 'virtual',
        setup({ onLoad, onResolve }) {
          onResolve({ filter: /^virtual:/ }, ({ path }) => ({ path, namespace: 'virtual' }));
          onLoad({ filter: /.*/, namespace: 'virtual' }, ({ path }) => ({
            contents: modules.get(path) ?? '',
            resolveDir: 'templates/runtime',
          }));
        },
      },
    ],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    treeShaking: true,
  });
  return outputFiles[0]!.contents.length;
}

/** Only these are used: what else the modules export is not bundled. */
const only = (source: string): string =>
  source
    .replace('export const', 'const')
    .replace('export function rateLimit', 'function rateLimit');

test('a bundle that calls one operation has at most 6,100 bytes', async () => {
  expect(await bytes(only(CLIENT), OPERATION)).toBeLessThanOrEqual(6100);
});

test('a bundle that reads one list has at most 8,400 bytes', async () => {
  expect(await bytes(only(CLIENT), LISTING)).toBeLessThanOrEqual(8400);
});

test('what an operation does not use costs it nothing', async () => {
  const [alone, all] = await Promise.all([
    bytes(OPERATION),
    bytes(
      OPERATION,
      "import './transport/transport.js'; import './params/body.js'; import './params/query.js'; import './pages/paginate.js';",
    ),
  ]);
  expect(all).toBe(alone);
});
