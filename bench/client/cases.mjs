// One case in a process of its own: `node cases.mjs BUNDLE PORT CASE COUNT`. Writes what it used as JSON.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import * as undici from 'undici';

// Only the cases of a peer load it, so that the others do not pay for it.

const [bundle = '', port = '', name = '', count = ''] = process.argv.slice(2);
/** @type {import('./entry.ts')} */
const { createMeraki, createClient, getOrganizationNetworks, getOrganization, undiciFetch } =
  await import(pathToFileURL(bundle).href);

/** @param {string} path */
const at = (path) => `http://127.0.0.1:${port}/${path}`;
const headers = { Authorization: 'Bearer key', Accept: 'application/json' };
const common = { apiKey: 'key', userAgent: 'Bench/1 Batchwright', limiter: undefined };

/** @param {string} path */
const raw = (path) => async () => (await fetch(at(`${path}/organizations/1`), { headers })).json();
/** The least that a time-out takes, as one writes it by hand. @param {string} path */
const withTimeout = (path) => async () => {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), 60_000);
  try {
    const { signal } = control;
    return await (await fetch(at(`${path}/organizations/1`), { headers, signal })).json();
  } finally {
    clearTimeout(timer);
  }
};
/** @param {string} path */
const viaRequest = (path) => async () =>
  (await undici.request(at(`${path}/organizations/1`), { headers })).body.json();
/** @param {string} path */
const client = (path) => {
  const one = createClient({ ...common, baseUrl: at(path) });
  return () => getOrganization(one, { organizationId: '1' });
};
/** @param {string} path */
const full = (path) => {
  const api = createMeraki({ ...common, baseUrl: at(path) });
  return () => api.organizations.getOrganization({ organizationId: '1' });
};
/** @param {string} path */
const viaUndici = (path) => {
  const api = createMeraki({ ...common, baseUrl: at(path), fetch: undiciFetch(undici) });
  return () => api.organizations.getOrganization({ organizationId: '1' });
};

/** @param {string} path */
const viaKy = async (path) => {
  const { default: ky } = await import('../node_modules/ky/distribution/index.js');
  return () => ky(at(`${path}/organizations/1`), { headers }).json();
};
/** @param {string} path */
const viaGot = async (path) => {
  const { default: got } = await import('../node_modules/got/dist/source/index.js');
  return () => got(at(`${path}/organizations/1`), { headers }).json();
};
/** @param {string} path */
const viaOpenapiFetch = async (path) => {
  const { default: create } = await import('../node_modules/openapi-fetch/dist/index.mjs');
  const one = create({ baseUrl: at(path), headers });
  return () => one.GET('/organizations/{id}', { params: { path: { id: '1' } } });
};

async function rawPages() {
  let items = 0;
  for (let url = at('pages/organizations/1/networks?perPage=1000'); url;) {
    const response = await fetch(url, { headers });
    for (const _ of await response.json()) items += 1;
    url = /<([^>]+)>; rel="?next/.exec(response.headers.get('Link') ?? '')?.[1] ?? '';
  }
  return items;
}
/** @param {AsyncIterable<unknown>} pages */
async function drain(pages) {
  let items = 0;
  for await (const _ of pages) items += 1;
  return items;
}

/** @type {Record<string, () => (() => Promise<unknown>) | Promise<() => Promise<unknown>>>} */
const cases = {
  'small fetch': () => raw('small'),
  'small fetch with a time-out': () => withTimeout('small'),
  'small undici.request': () => viaRequest('small'),
  'small createClient': () => client('small'),
  'small createMeraki': () => full('small'),
  'small undici': () => viaUndici('small'),
  'large fetch': () => raw('large'),
  'large fetch with a time-out': () => withTimeout('large'),
  'large createClient': () => client('large'),
  'large createMeraki': () => full('large'),
  'large undici': () => viaUndici('large'),
  'small ky': () => viaKy('small'),
  'small got': () => viaGot('small'),
  'small openapi-fetch': () => viaOpenapiFetch('small'),
  'large ky': () => viaKy('large'),
  'large got': () => viaGot('large'),
  'large openapi-fetch': () => viaOpenapiFetch('large'),
  'pages fetch': () => rawPages,
  'pages createClient': () => {
    const one = createClient({ ...common, baseUrl: at('pages') });
    return () => drain(getOrganizationNetworks(one, { organizationId: '1', perPage: 1000 }));
  },
  'pages createMeraki': () => {
    const api = createMeraki({ ...common, baseUrl: at('pages') });
    return () =>
      drain(api.organizations.getOrganizationNetworks({ organizationId: '1', perPage: 1000 }));
  },
};

const parallel = name.endsWith(' parallel') ? 50 : 1;
const make = cases[name.replace(/ parallel$/, '')];
if (!make) throw new Error(`no case ${name}`);
const call = await make();
/** @param {number} times */
const repeat = async (times) => {
  let left = times;
  const worker = async () => {
    while (left-- > 0) await call();
  };
  await Promise.all(Array.from({ length: parallel }, worker));
};
await repeat(Math.max(1, Number(count) / 10));
const before = process.cpuUsage();
const start = performance.now();
await repeat(Number(count));
const wall = performance.now() - start;
const { user, system } = process.cpuUsage(before);
const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
process.stdout.write(
  JSON.stringify({
    cpu: (user + system) / 1000 / Number(count),
    wall: wall / Number(count),
    memory: peak,
  }),
);
process.exit();
