// What the emitted client weighs: the bytes that a bundler loads at once, and what importing the built package costs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { findDocument } from './documents.mjs';
import { markdownTable } from './markdown-table.mjs';
import { median } from './median.mjs';

const help = `Usage: npm run bench:weight -- [options]

  --input FILE  the full document of the Meraki API: JSON or YAML
  --runs N      how often each import is measured, in turns (default 15)
  --json        the figures as JSON instead of tables
  --help`;

const { values } = parseArgs({
  options: {
    input: { type: 'string' },
    runs: { type: 'string', default: '15' },
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
const folder = mkdtempSync(join(tmpdir(), 'batchwright-weight-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const found = findDocument('full', values.input);
const document = typeof found === 'string' ? findDocument('embedded', undefined) : found;
if (typeof document === 'string') throw new Error(document);
const argv = ['--input', document.file, '--output', folder, '--dialect', 'meraki'];
execFileSync(process.execPath, [
  join(measured, 'dist/bin/cli.js'),
  'generate',
  ...argv,
  '--name',
  '@acme/meraki',
]);

/** What is bundled, as a user would import it. */
const entries = {
  'a single call': `export { createClient } from './client.js'; export { updateDevice } from './devices.js';`,
  'the client object': `export { createMeraki } from './index.js';`,
  'batch.run with one builder': `
    export { createBatch } from './runtime/batch/draft/draft-batch.js';
    export { meraki } from './batch/dialect.js';
    export { createClient } from './client.js';
    export { updateDevice } from './batch/devices.js';`,
};

/** @type {string[][]} */
const bundles = [];
for (const [name, contents] of Object.entries(entries)) {
  const { loaded, all } = await weightOf(contents);
  const size = (/** @type {Buffer} */ bytes) => (bytes.length / 1000).toFixed(1);
  bundles.push([name, size(loaded), size(gzipSync(loaded)), size(all)]);
}

symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
execFileSync('npm', ['run', '--silent', 'build'], { cwd: folder, shell: true });
writeFileSync(join(folder, 'bare.mjs'), '');
/** What Node loads of the built package, for the client object and for single functions. */
const entryPoints = ['.', './client'];
/** @type {{ readonly exports: Readonly<Record<string, { readonly node?: string, readonly default: string }>> }} */
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const modules = [
  'bare.mjs',
  ...entryPoints.map(
    (path) => manifest.exports[path]?.node ?? manifest.exports[path]?.default ?? path,
  ),
];
/** @type {Map<string, number[]>} */
const used = new Map(modules.map((module) => [module, []]));
for (let run = 0; run < Number(values.runs); run += 1)
  for (const module of modules) used.get(module)?.push(cpuOf(module));
const bare = median(used.get('bare.mjs') ?? []);
const imports = modules
  .slice(1)
  .map((module, index) => [
    `${entryPoints[index]}`,
    (median(used.get(module) ?? []) - bare).toFixed(0),
  ]);
if (values.json) console.log(JSON.stringify({ bundles, imports }));
else {
  console.log(`${document.title}, ${document.operations.length} operations\n`);
  const heads = ['what', 'loaded at once, kB', 'gzipped', 'with all that may follow, kB'];
  console.log(markdownTable(heads, bundles));
  console.log(`\n${markdownTable(['import', 'CPU ms above bare node'], imports)}`);
}

/** @param {string} contents */
async function weightOf(contents) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: join(folder, 'src'), sourcefile: 'entry.ts' },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    outdir: join(folder, 'bundle'),
    write: false,
    metafile: true,
    absWorkingDir: folder,
    external: ['node:*'],
  });
  const { outputs } = metafile;
  /** @type {Set<string>} */
  const seen = new Set();
  /** @param {string} path */
  const visit = (path) => {
    const output = outputs[path];
    if (!output || seen.has(path)) return;
    seen.add(path);
    for (const { path: next, kind } of output.imports) if (kind !== 'dynamic-import') visit(next);
  };
  for (const [path, { entryPoint }] of Object.entries(outputs))
    if (entryPoint?.endsWith('entry.ts')) visit(path);
  const bytes = outputFiles.map(({ path, contents: own }) => ({
    isLoaded: seen.has(path.slice(folder.length + 1)),
    own,
  }));
  const joined = (/** @type {typeof bytes} */ list) => Buffer.concat(list.map(({ own }) => own));
  return { loaded: joined(bytes.filter(({ isLoaded }) => isLoaded)), all: joined(bytes) };
}

/** @param {string} module */
function cpuOf(module) {
  const code = `await import(${JSON.stringify(`file://${join(folder, module)}`)});
    const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', code]));
}
