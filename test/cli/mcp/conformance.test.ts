import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { useAccount } from '../account.ts';
import { type Listening, listening } from './listening.ts';

/** `npm run conformance:mcp` installs it there, with the Node that it needs. */
const modules = fileURLToPath(
  new URL('../../../.cache/mcp-conformance/node_modules/', import.meta.url),
);
const suite = join(modules, '@modelcontextprotocol/conformance/dist/index.js');
const node = join(modules, 'node/bin/node');

/** What a server with tools alone is asked; the other scenarios call the suite's own tools, prompts and resources. */
const scenarios = [
  'server-initialize',
  'server-session-lifecycle',
  'server-stateless',
  'ping',
  'tools-list',
  'server-sse-polling',
  'server-sse-multiple-streams',
  'sep-2164-resource-not-found',
  'dns-rebinding-protection',
  'caching',
  'http-header-validation',
  'input-required-result-missing-input-response',
  'input-required-result-unsupported-methods',
  'input-required-result-ignore-extra-params',
  'input-required-result-validate-input',
];

interface Check {
  readonly id: string;
  readonly status: string;
  readonly errorMessage?: string;
}

const account = useAccount();

describe.skipIf(!existsSync(suite) || !existsSync(node))(
  'the conformance suite of the protocol',
  { timeout: 120_000 },
  () => {
    test('passes for what a server with tools alone is asked', async () => {
      await using server = await listening(account);
      await using open = await withToken(server);
      const folder = await mkdtemp(join(tmpdir(), 'batchwright-conformance-'));
      try {
        const results = new Map<string, readonly Check[]>();
        for (const scenario of scenarios)
          results.set(scenario, await checksOf(scenario, open.url, join(folder, scenario)));
        const faults = [...results].flatMap(([scenario, checks]) =>
          checks
            .filter(isFault)
            .map(({ id, errorMessage }) => `${scenario} ${id}: ${errorMessage}`),
        );
        expect(faults).toEqual([]);
        const passed = [...results.values()].flat().filter(({ status }) => status === 'SUCCESS');
        expect(passed.length).toBeGreaterThan(40);
        expect(account.applied).toEqual([]);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  },
);

/** Some checks want a tool of the suite, or a list of prompts or resources, which are not served. */
function isFault({ status, errorMessage = '' }: Check): boolean {
  return status === 'FAILURE' && !/^Not testable|-32601: Method not found/.test(errorMessage);
}

async function checksOf(scenario: string, url: string, folder: string): Promise<readonly Check[]> {
  const args = [suite, 'server', '--url', url, '--scenario', scenario, '--output-dir', folder];
  // It ends with 1 where a check fails, which its report says too.
  await promisify(execFile)(node, args).catch(() => undefined);
  const [result = ''] = await readdir(folder);
  return JSON.parse(await readFile(join(folder, result, 'checks.json'), 'utf8'));
}

/** The suite sends no token: a server before the server adds it. */
async function withToken({
  url,
  token,
}: Listening): Promise<AsyncDisposable & { readonly url: string }> {
  const { port } = new URL(url);
  const proxy = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const passed = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        headers: { ...headers, authorization: `Bearer ${token}` },
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    passed.on('error', () => outgoing.destroy());
    outgoing.on('close', () => passed.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/mcp`,
    [Symbol.asyncDispose]: async () => {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
