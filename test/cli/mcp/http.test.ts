import { stat } from 'node:fs/promises';
import { request } from 'node:http';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { describe, expect, test } from 'vitest';
import { useAccount } from '../account.ts';
import { type Listening, listening } from './listening.ts';
import { agreeing, atTerminal, Model } from './model.ts';

const account = useAccount();

const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} });

/** The status of a request with these headers; `fetch` would not send another Host. */
async function statusOf(
  { url, token }: Pick<Listening, 'url' | 'token'>,
  headers: Readonly<Record<string, string>>,
  path = '/mcp',
): Promise<number | undefined> {
  const sent = request(new URL(path, url), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
  });
  sent.end(ping);
  return new Promise((resolve, reject) => {
    sent.once('error', reject);
    sent.once('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
  });
}

describe('MCP over HTTP', { timeout: 60_000 }, () => {
  test.each([
    ['a foreign origin', { origin: 'https://evil.example' }, 403],
    ['the origin of a sandboxed page', { origin: 'null' }, 403],
    ['an origin that begins as this machine', { origin: 'http://127.0.0.1.evil.example' }, 403],
    ['a name that points at this machine', { host: 'evil.example' }, 403],
    ['a name that begins as this machine', { host: 'localhost.evil.example:80' }, 403],
    ['no token', { authorization: '' }, 401],
    ['another token', { authorization: 'Bearer AAAA' }, 401],
    ['an empty token', { authorization: 'Bearer ' }, 401],
    ['its own origin', { origin: 'http://127.0.0.1' }, 200],
    ['no origin', {}, 200],
  ])('answers a request with %s (%j) with %i', async (_, headers, status) => {
    await using server = await listening(account);
    expect(await statusOf(server, headers)).toBe(status);
    expect(account.applied).toEqual([]);
  });

  test('has one path', async () => {
    await using server = await listening(account);
    for (const path of ['/', '/mcp/x', '//mcp', '/%6dcp'])
      expect(
        await statusOf(server, {}, `http://127.0.0.1:${new URL(server.url).port}${path}`),
      ).toBe(404);
  });

  test('keeps its token in a file of its user, for as long as it runs', async () => {
    const server = await listening(account);
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
    if (process.platform !== 'win32')
      expect((await stat(server.tokenFile)).mode & 0o777).toBe(0o600);
    await server[Symbol.asyncDispose]();
    await expect(stat(server.tokenFile)).rejects.toThrow('ENOENT');
  });

  test.each(['legacy', 'modern'] as const)('serves a %s client', async (era) => {
    await using server = await listening(account);
    await using model = new Model({ person: agreeing, era });
    await model.client.connect(
      new StreamableHTTPClientTransport(new URL(server.url), {
        requestInit: { headers: { authorization: `Bearer ${server.token}` } },
      }),
    );
    const plan = await model.plan('a');
    // A client of 2025 without a session cannot be asked: its user goes to a terminal.
    if (era === 'legacy')
      await atTerminal(account.cli, ['approve', plan.plan], { env: account.env, types: 'yes' });
    expect(await model.apply(plan)).toContain('1 applied');
    expect(model.asked).toHaveLength(era === 'legacy' ? 0 : 1);
    expect(await model.call('apply', plan)).toContain('was used before');
  });
});
