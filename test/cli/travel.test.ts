// How requests of a command line travel: redirects, proxies, limits.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startTunnel } from '../support/tunnel.ts';
import { type Ended, install, type Installed } from './installed.ts';

const generated = (name: string): string =>
  fileURLToPath(new URL(`../../generated/${name}`, import.meta.url));

let cli: Installed;

beforeAll(async () => {
  cli = await install(generated('meraki'), generated('meraki-cli'));
}, 60_000);

afterAll(() => cli[Symbol.asyncDispose]());

/** A server on loopback that ends with the test. */
async function listen(answer: RequestListener): Promise<{ origin: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const organizations: RequestListener = (_request, response) => {
  response.setHeader('Content-Type', 'application/json');
  response.end('[{"id":"1"}]');
};

function list(origin: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return cli.run(['organizations', 'getOrganizations', '--output', 'jsonl'], {
    env: { MERAKI_API_KEY: 'secret-key', MERAKI_BASE_URL: `${origin}/api/v1`, ...env },
  });
}

test('a redirect to the same host is followed, as that to a shard is', async () => {
  const server = await listen((request, response) => {
    if (`${request.url}`.startsWith('/shard')) organizations(request, response);
    else response.writeHead(308, { Location: '/shard/organizations' }).end();
  });
  const { code, stdout } = await list(server.origin);
  expect([code, stdout]).toEqual([0, '{"id":"1"}\n']);
  expect(server.asked).toEqual(['/api/v1/organizations', '/shard/organizations']);
});

test('a redirect to elsewhere is an error, and nothing goes there', async () => {
  const other = await listen(organizations);
  const server = await listen((_request, response) =>
    response.writeHead(307, { Location: `${other.origin}/` }).end(),
  );
  const { code, stderr } = await list(server.origin);
  expect(code).toBe(1);
  expect(stderr).toContain('redirect');
  expect(other.asked).toEqual([]);
});

test('a proxy of the environment carries the requests, and sees no key', async () => {
  using proxy = await startTunnel();
  const server = await listen(organizations);
  const { code, stdout } = await list(server.origin, { HTTP_PROXY: proxy.origin });
  expect([code, stdout]).toEqual([0, '{"id":"1"}\n']);
  expect(proxy.asked).toHaveLength(1);
  expect(proxy.asked[0]).not.toContain('secret-key');
});

test('a host that NO_PROXY names is asked directly', async () => {
  using proxy = await startTunnel();
  const server = await listen(organizations);
  await list(server.origin, { http_proxy: proxy.origin, no_proxy: '127.0.0.1' });
  expect(proxy.asked).toEqual([]);
  expect(server.asked).toHaveLength(1);
});

test('what an API says about an error is shown as a sentence', async () => {
  const server = await listen((_request, response) => {
    response.writeHead(400, { 'Content-Type': 'application/json' });
    response.end('{"errors":["perPage must be at least 3","name is taken"]}');
  });
  const { stderr } = await list(server.origin);
  expect(stderr).toContain('perPage must be at least 3');
  expect(stderr).not.toContain('{"errors"');
});
