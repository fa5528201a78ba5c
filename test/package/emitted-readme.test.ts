import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../templates/runtime/batch/pace/system-clock.ts';
import { startAxapi } from '../simulators/axapi.ts';
import { startGraph } from '../simulators/graph.ts';
import { startJournyx } from '../simulators/journyx.ts';
import { startMeraki } from '../simulators/meraki-http.ts';
import { codeBlocks, root } from './blocks.ts';

const run = promisify(execFile);

interface Served extends AsyncDisposable {
  readonly baseUrl: string;
}

interface Package {
  readonly name: string;
  readonly start: () => Promise<Served>;
  /** Which requests are batches; the simulated server knows only these. */
  readonly batches: RegExp;
  /** The answer to the other calls of the page. */
  readonly other: string;
  /** What the path begins with, where the simulated server does without. */
  readonly version?: string;
}

const packages: readonly Package[] = [
  {
    name: 'meraki',
    start: () => startMeraki({ clock: systemClock, batchMs: 50 }),
    batches: /\/actionBatches/,
    other: '[]',
  },
  { name: 'axapi', start: startAxapi, batches: /\/batch-(?:get|post)/, other: '{}' },
  { name: 'journyx', start: startJournyx, batches: /\/batch$/, other: '{"value":[]}' },
  {
    name: 'graph',
    start: startGraph,
    batches: /\/\$batch$/,
    other: '{"value":[]}',
    version: '/v1.0',
  },
];

describe.each(packages)(
  'the README of generated/$name',
  ({ name, start, batches, other, version = '' }) => {
    let folder: string;
    let server: Served;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'batchwright-emitted-readme-'));
      server = await start();
    });

    afterEach(async () => {
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    });

    test(
      'runs: each action has an outcome, and resuming repeats it',
      { timeout: 60_000 },
      async () => {
        const file = join(folder, 'readme.mjs');
        await build({
          stdin: { contents: codeOf(name), resolveDir: root, loader: 'ts' },
          bundle: true,
          platform: 'node',
          format: 'esm',
          outfile: file,
          banner: { js: redirect(batches, new URL(server.baseUrl).origin, other, version) },
          logLevel: 'error',
        });
        const env = { ...process.env, API_KEY: 'key', PASSWORD: 'secret' };
        const { stdout } = await run(process.execPath, [file], { cwd: folder, env });
        expect(stdout).toMatch(/1 action in 1 batch/);
        expect(stdout.match(/status: '(?:applied|failed|rolledBack)'/g)?.length).toBeGreaterThan(1);
        const journal = await readFile(join(folder, 'run.jsonl'), 'utf8');
        expect(journal.split('\n').length).toBeGreaterThan(2);
      },
    );
  },
);

/** The blocks of a page as one module that imports the sources of the package. */
function codeOf(name: string): string {
  const blocks = codeBlocks(`generated/${name}/README.md`, 'ts').map(({ text }) => text);
  const sources = join(root, 'generated', name, 'src');
  return blocks
    .join('\n')
    .replaceAll(new RegExp(`from '@acme/${name}(?:/([\\w/-]+))?'`, 'g'), (_, entry = 'index') => {
      const isFolder = entry === 'batch';
      return `from '${sources}/${entry}${isFolder ? '/index' : ''}.ts'`;
    });
}

/** Batches go to the simulated server; every other call gets one answer. */
function redirect(batches: RegExp, origin: string, other: string, version: string): string {
  return `{
    const send = globalThis.fetch;
    globalThis.fetch = (input, init) => {
      const { pathname, search } = new URL(input instanceof Request ? input.url : input);
      if (${String(batches)}.test(pathname)) return send(${JSON.stringify(origin)} + pathname.slice(${version.length}) + search, init);
      const headers = { 'content-type': 'application/json' };
      return Promise.resolve(new Response(${JSON.stringify(other)}, { headers }));
    };
  }`;
}
