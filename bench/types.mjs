// What checking the emitted sources costs: TypeScript 5.9 over them and over those of oazapfts, in turns.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findDocument } from './documents.mjs';
import { markdownTable } from './markdown-table.mjs';
import { measure } from './meter.mjs';
import { median } from './median.mjs';

const help = `Usage: npm run bench:types -- [options]

  --input FILE  the full document of the Meraki API: JSON or YAML
  --runs N      how often each is checked, in turns (default 7)
  --json        the figures as JSON instead of a table
  --help`;

const { values } = parseArgs({
  options: {
    input: { type: 'string' },
    runs: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(help);
  process.exit();
}

const root = fileURLToPath(new URL('../', import.meta.url));
/** The checkout that is measured: another one where `--compare` says so. */
const measured = process.env['BENCH_CHECKOUT'] ?? root;
const installed = fileURLToPath(new URL('node_modules', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'batchwright-types-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const found = findDocument('full', values.input);
const document = typeof found === 'string' ? findDocument('embedded', undefined) : found;
if (typeof document === 'string') throw new Error(document);

const tsc = [
  join(installed, 'typescript/bin/tsc'),
  '--typeRoots',
  join(root, 'node_modules/@types'),
];
const own = join(folder, 'batchwright');
/** The same, with the run-time as declarations: what is left are the operations, their types and the builders. */
const declared = join(folder, 'declared');
const peer = join(folder, 'oazapfts');
const command = ['generate', '--input', document.file, '--output', own, '--dialect', 'meraki'];
const cli = join(measured, 'dist/bin/cli.js');
execFileSync(process.execPath, [cli, ...command, '--name', '@acme/meraki'], { stdio: 'ignore' });
mkdirSync(join(peer, 'src'), { recursive: true });
execFileSync(
  process.execPath,
  [
    join(installed, 'oazapfts/dist/cli.js'),
    document.file,
    join(peer, 'src/api.ts'),
    '--argumentStyle=object',
  ],
  { stdio: 'ignore' },
);
writeFileSync(join(peer, 'package.json'), '{ "type": "module" }');
symlinkSync(installed, join(peer, 'node_modules'));
// What oazapfts emits has errors under two of our flags, and finding them takes time.
const settings = JSON.parse(readFileSync(join(own, 'tsconfig.json'), 'utf8'));
for (const flag of ['exactOptionalPropertyTypes', 'isolatedDeclarations'])
  delete settings.compilerOptions[flag];
writeFileSync(join(peer, 'tsconfig.json'), JSON.stringify(settings));

cpSync(own, declared, { recursive: true });
const declaring = ['-p', declared, '--emitDeclarationOnly', '--outDir', join(declared, 'all')];
execFileSync(process.execPath, [...tsc, ...declaring]);
rmSync(join(declared, 'src/runtime'), { recursive: true });
renameSync(join(declared, 'all/runtime'), join(declared, 'src/runtime'));
rmSync(join(declared, 'all'), { recursive: true });

const projects = [own, declared, peer];
/** @type {number[][]} */
const used = projects.map(() => []);
for (let run = 0; run <= Number(values.runs); run += 1) {
  for (const [index, project] of projects.entries()) {
    const records = join(folder, `${run}-${index}`);
    const { cpu } = await measure([...tsc, '-p', project, '--noEmit'], folder, records);
    if (run > 0) used[index]?.push(cpu);
  }
}
const [ours = Number.NaN, least = Number.NaN, theirs = Number.NaN] = used.map(median);
const rows = [
  ['batchwright', ours.toFixed(2), (ours / theirs).toFixed(2)],
  ['batchwright, run-time as declarations', least.toFixed(2), (least / theirs).toFixed(2)],
  ['oazapfts', theirs.toFixed(2), '1.00'],
];
if (values.json) console.log(JSON.stringify({ rows }));
else console.log(markdownTable(['sources of', 'CPU s', 'of oazapfts'], rows));
