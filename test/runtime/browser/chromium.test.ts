import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fastClock } from '../../simulators/clock.ts';
import { MerakiServer } from '../../simulators/meraki.ts';

const PROGRAM = '/usr/bin/chromium';

/** An API as pages of other origins may use it: it says so to preflights, and shows them `Link`. */
interface Api {
  readonly origin: string;
  readonly seen: readonly { readonly line: string; readonly key: string | undefined }[];
}

/** Closes servers in the end. */
const closing: (() => Promise<void>)[] = [];

async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function api(): Promise<Api> {
  const batches = new MerakiServer({ clock: fastClock(20) });
  const seen: { line: string; key: string | undefined }[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Expose-Headers', 'Link, Retry-After');
    if (request.method === 'OPTIONS') {
      response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE');
      response.setHeader('Access-Control-Allow-Headers', 'authorization, content-type, user-agent');
      response.writeHead(204).end();
      return;
    }
    const { method = '', url: target = '/', headers } = request;
    seen.push({ line: `${method} ${target}`, key: headers.authorization });
    const url = new URL(target, 'http://127.0.0.1');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks).toString();
    response.setHeader('Content-Type', 'application/json');
    if (url.pathname.endsWith('/networks')) {
      const page = Number(url.searchParams.get('page') ?? 1);
      if (page < 3) response.setHeader('Link', `<${url.pathname}?page=${page + 1}>; rel=next`);
      response.end(JSON.stringify([{ id: `N_${page}` }]));
      return;
    }
    if (url.pathname.endsWith('/moved')) {
      response.writeHead(302, { Location: 'http://evil.example/' }).end();
      return;
    }
    const body: unknown = sent === '' ? undefined : JSON.parse(sent);
    const reply = batches.answer(method, url, body, sent.length);
    const text = reply.later ? reply.later.text() : reply.text;
    response.writeHead(reply.status).end(text);
  };
  const origin = await listen((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  return { origin, seen };
}

/** The emitted package, as a page would bundle it. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: "export { createMeraki } from '../../../generated/meraki/src/index.ts';",
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'meraki',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
}

// It takes no part of the run where there is no browser.
describe.skipIf(!existsSync(PROGRAM))(
  'the emitted package in Chromium (skipped where /usr/bin/chromium is not installed)',
  { timeout: 60_000 },
  () => {
    let browser: Browser;
    let page: Page;
    let server: Api;

    beforeAll(async () => {
      const script = await bundle();
      server = await api();
      const site = await listen((_request, response) => {
        response.setHeader('Content-Type', 'text/html');
        response.end(`<!doctype html><title>Page</title><script>${script}</script>`);
      });
      browser = await chromium.launch({
        executablePath: PROGRAM,
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      });
      page = await browser.newPage();
      await page.goto(site);
    });

    afterAll(async () => {
      await browser?.close();
      await Promise.all(closing.map((close) => close()));
    });

    /** Runs code in the page, with a client of the API; the code gives its result as JSON. */
    const inPage = (code: string): Promise<unknown> =>
      page.evaluate(
        `(async () => {
          const { networks, organizations, batch, client } = meraki.createMeraki({
            apiKey: 'key', userAgent: 'Page/1.0 Acme', baseUrl: '${server.origin}/api/v1',
          });
          ${code}
        })()`,
      );

    test('reads a list of three pages of another origin, with the key', async () => {
      const ids = await inPage(`
        const ids = [];
        for await (const { id } of organizations.getOrganizationNetworks({ organizationId: '1' }))
          ids.push(id);
        return ids;
      `);
      expect(ids).toEqual(['N_1', 'N_2', 'N_3']);
      expect(server.seen).toEqual(
        ['', '?page=2', '?page=3'].map((query) => ({
          line: `GET /api/v1/organizations/1/networks${query}`,
          key: 'Bearer key',
        })),
      );
    });

    test('runs a batch, and tells the outcome of each action', async () => {
      const outcomes = await inPage(`
        const rename = batch.networks.updateNetwork({ networkId: 'N_1', body: { name: 'HQ' } });
        const vlan = batch.appliance.createNetworkApplianceVlan({
          networkId: 'N_1', body: { id: '99', name: 'API' },
        });
        return batch.run([rename, vlan], { organizationId: '1' });
      `);
      expect(outcomes).toMatchObject([
        { status: 'applied' },
        { status: 'applied', value: { uri: '/networks/N_1/appliance/vlans/99' } },
      ]);
    });

    test('follows no redirect: the page cannot see where it leads', async () => {
      const error = await inPage(`
        return client.request({ id: 'x', method: 'GET', path: '/moved' })
          .catch(({ name, code }) => ({ name, code }));
      `);
      expect(error).toEqual({ name: 'ApiError', code: 'redirect' });
    });

    test('tells a server that is not there from one that answers', async () => {
      const error = await inPage(`
        return client.request(
          { id: 'x', method: 'GET', path: '/x', origin: 'http://127.0.0.1:1', anonymous: true },
          { retry: { attempts: 1 } },
        ).catch(({ name, code }) => ({ name, code }));
      `);
      expect(error).toEqual({ name: 'ApiError', code: 'network' });
    });
  },
);
