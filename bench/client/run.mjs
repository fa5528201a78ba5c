// What a call costs beside the platform's `fetch`: processor time, time and memory, as ratios of one run.
import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { markdownTable } from '../markdown-table.mjs';
import { median } from '../median.mjs';

const help = `Usage: npm run bench:client -- [options]

  --rounds N   how often each case is measured, in turns (default 7)
  --only TEXT  only the cases whose name holds it: large, pages, parallel
  --json       the figures as JSON instead of a table
  --help`;

/** The cases of one kind; the first one is what the others are compared with. */
const kinds = [
  {
    calls: 2000,
    names: [
      'small fetch',
      'small fetch with a time-out',
      'small createClient',
      'small createMeraki',
      'small undici',
      'small ky',
      'small got',
      'small openapi-fetch',
    ],
  },
  {
    calls: 4000,
    names: [
      'small fetch parallel',
      'small undici.request parallel',
      'small createMeraki parallel',
      'small undici parallel',
    ],
  },
  {
    calls: 100,
    names: [
      'large fetch',
      'large fetch with a time-out',
      'large createClient',
      'large createMeraki',
      'large undici',
      'large ky',
      'large got',
      'large openapi-fetch',
    ],
  },
  { calls: 3, names: ['pages fetch', 'pages createClient', 'pages createMeraki'] },
];

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(help);
  process.exit();
}

const root = fileURLToPath(new URL('../../', import.meta.url));
/** The checkout that is measured: another one where `--compare` says so. */
const measuredRoot = process.env['BENCH_CHECKOUT'] ?? root;
const folder = mkdtempSync(join(tmpdir(), 'batchwright-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const bundle = join(folder, 'client.mjs');
const { build } = await import('esbuild');
await build({
  entryPoints: [join(measuredRoot, 'bench/client/entry.ts')],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile: bundle,
  logLevel: 'warning',
  nodePaths: [join(root, 'node_modules')],
  external: ['undici'],
});

const server = fork(join(root, 'bench/client/server.mjs'));
const port = await new Promise((resolve) => server.once('message', resolve));

/** @type {Map<string, { cpu: number, wall: number, memory: number }[]>} */
const measured = new Map();
const shown = kinds.filter(({ names }) => names.some((name) => name.includes(values.only)));
for (let round = 0; round < Number(values.rounds); round += 1) {
  for (const { calls, names } of shown) {
    for (const name of names) {
      const argv = [
        join(root, 'bench/client/cases.mjs'),
        bundle,
        String(port),
        name,
        String(calls),
      ];
      const used = JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8' }));
      measured.set(name, [...(measured.get(name) ?? []), used]);
    }
  }
}
server.disconnect();

/** @type {string[][]} */
const rows = [];
for (const { names } of shown) {
  const [first = ''] = names;
  for (const name of names) {
    const cells = /** @type {const} */ (['cpu', 'wall', 'memory']).flatMap((what) => {
      const value = medianOf(name, what);
      const text = what === 'memory' ? (value / 1e6).toFixed(0) : value.toFixed(3);
      return [text, (value / medianOf(first, what)).toFixed(2)];
    });
    rows.push([name, ...cells]);
  }
}

if (values.json) console.log(JSON.stringify({ rows }));
else {
  const of = 'of fetch';
  const heads = ['case', 'CPU ms a call', of, 'ms a call', of, 'peak MB', of];
  console.log(`Node ${process.version}, medians of ${values.rounds} interleaved rounds\n`);
  console.log(markdownTable(heads, rows));
}

/**
 * @param {string} name
 * @param {'cpu' | 'wall' | 'memory'} what
 */
function medianOf(name, what) {
  return median((measured.get(name) ?? []).map((used) => used[what]));
}
