import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { generate } from '../generator/generate.ts';
import { install } from '../test/cli/installed.ts';

/**
 * How long the command line of an API with 667 operations takes to start, and how much memory it has:
 * `npm run bench:cli [-- path/to/another/cli.js …]` prints a table of Markdown. Needs GNU time.
 */
const OPERATIONS = 667;
const ROUNDS = 15;

type Json = Record<string, unknown>;

/** The project's document with further copies of its paths, until it has so many operations. */
async function largeDocument(): Promise<Json> {
  // A document of the project.
  const document = parse(await readFile('specs/meraki/openapi.yaml', 'utf8')) as Json;
  const own = Object.entries(document['paths'] as Record<string, Json>);
  const paths: Record<string, Json> = {};
  let count = 0;
  for (let copy = 0; count < OPERATIONS; copy++)
    for (const [path, item] of own) {
      const copied: Json = {};
      for (const [method, operation] of Object.entries(item)) {
        const { operationId, summary, ...others } = operation as Json;
        if (operationId !== undefined && count >= OPERATIONS) continue;
        if (operationId !== undefined) count += 1;
        copied[method] =
          operationId === undefined
            ? operation
            : {
                ...others,
                operationId: `${String(operationId)}${copy || ''}`,
                // Batchable actions are known by their summaries.
                summary: copy === 0 ? summary : `Copy ${copy} of: ${String(summary)}`,
              };
      }
      paths[copy === 0 ? path : `${path}/copy${copy}`] = copied;
    }
  return { ...document, paths };
}

interface Measured {
  readonly ms: number;
  /** Of user and system. */
  readonly cpu: number;
  readonly mb: number;
}

async function once(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Measured> {
  const started = performance.now();
  const child = spawn('/usr/bin/time', ['-f', '%M %U %S', process.execPath, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += String(text)));
  await new Promise((resolve) => {
    child.on('close', resolve);
  });
  const ms = performance.now() - started;
  const [kb = 0, user = 0, system = 0] =
    said.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  return { ms, cpu: (user + system) * 1_000, mb: kb / 1_000 };
}

interface Row {
  readonly name: string;
  readonly args: readonly string[];
  readonly measured: Measured[];
}

const rows: Row[] = [];

function row(name: string, args: readonly string[]): void {
  rows.push({ name, args, measured: [] });
}

/** One after the other, round by round, so that all have the same of what else the machine does. */
async function measure(env: NodeJS.ProcessEnv): Promise<void> {
  for (let round = 0; round < ROUNDS; round++)
    for (const { args, measured } of rows) measured.push(await once(args, env));
  console.log('| command | time | CPU | memory |\n| --- | --- | --- | --- |');
  for (const { name, measured } of rows) {
    const least = (of: (one: Measured) => number): string =>
      Math.min(...measured.map(of)).toFixed(0);
    const mb = Math.max(...measured.map((one) => one.mb)).toFixed(0);
    console.log(
      `| ${name} | ${least(({ ms }) => ms)} ms | ${least(({ cpu }) => cpu)} ms | ${mb} MB |`,
    );
  }
}

const folder = await mkdtemp(join(tmpdir(), 'batchwright-bench-cli-'));
await writeFile(join(folder, 'api.json'), JSON.stringify(await largeDocument()));
const { diagnostics } = await generate({
  input: join(folder, 'api.json'),
  output: join(folder, 'large'),
  name: '@acme/large',
  cli: { output: join(folder, 'large-cli'), name: '@acme/large-cli', bin: 'large' },
});
const errors = diagnostics.filter(({ severity }) => severity === 'error');
if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
await using cli = await install(join(folder, 'large'), join(folder, 'large-cli'));
const server = createServer((_, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end('[{"id":"1","name":"a"}]');
});
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});
const { port } = server.address() as AddressInfo;
const env = { LARGE_API_KEY: 'key', LARGE_BASE_URL: `http://127.0.0.1:${port}/api/v1` };

row('`node -e 0`', ['-e', '0']);
row('`large --help`', [cli.main, '--help']);
row('`large switch --help`', [cli.main, 'switch', '--help']);
row('`large switch updateDeviceSwitchPort --help`', [
  cli.main,
  'switch',
  'updateDeviceSwitchPort',
  '--help',
]);
row('`large find switch port`', [cli.main, 'find', 'switch', 'port']);
row('`large organizations getOrganizations`', [cli.main, 'organizations', 'getOrganizations']);
for (const peer of process.argv.slice(2)) {
  const name = peer.replace(/^.*node_modules\//, '').replace(/\/(?:dist|bin)\/.*$/, '');
  row(`\`${name} --help\``, [peer, '--help']);
}
await measure(env);
server.close();
await rm(folder, { recursive: true, force: true });
