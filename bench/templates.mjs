// What each opt-in template costs: the CPU time of a generation with it beside one of the client alone,
// and whether everything together compiles.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findDocument } from './documents.mjs';
import { markdownTable } from './markdown-table.mjs';

const help = `Usage: npm run bench:templates -- [options]

  --runs N  how often each generation is measured, in turns (default 3)
  --help`;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(help);
  process.exit();
}

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'batchwright-templates-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const single = ['zod', 'valibot', 'standard-schema', 'tanstack-query', 'msw', 'explorer'];
const choices = [[], ...single.map((name) => [name]), single];
const names = ['the client alone', ...single, 'all of them'];

const documents = /** @type {const} */ (['full', 'stripe', 'github']).flatMap((name) => {
  const found = findDocument(name, undefined);
  if (typeof found !== 'string') return [found];
  console.error(`${name}: ${found}`);
  return [];
});

/** @type {string[][]} */
const columns = [];
/** @type {string[]} */
const compiled = [];
for (const { name, file, title } of documents) {
  const times = choices.map(() => /** @type {number[]} */ ([]));
  for (let run = 0; run < Number(values.runs); run += 1)
    for (const [index, templates] of choices.entries())
      times[index]?.push(generate(name, file, templates));
  const medians = times.map(median);
  const alone = medians[0] ?? 1;
  columns.push(
    medians.map((time, index) =>
      index === 0 ? `${time.toFixed(1)} s` : (time / alone).toFixed(2),
    ),
  );
  compiled.push(`${title}: ${errorsIn(join(folder, `${name}-${single.join('-')}`))} type errors`);
}
const heads = ['', ...documents.map(({ title }) => title)];
const rows = names.map((name, index) => [name, ...columns.map((column) => column[index] ?? '')]);
console.log(`${markdownTable(heads, rows)}\n\n${compiled.join('\n')}`);

/**
 * The CPU time of a generation in a process of its own, in seconds.
 * @param {string} name
 * @param {string} input
 * @param {readonly string[]} templates
 */
function generate(name, input, templates) {
  const output = join(folder, `${name}-${templates.join('-')}`);
  const script = `
    import { generate } from ${JSON.stringify(join(root, 'dist/generator/index.js'))};
    const { diagnostics } = await generate(${JSON.stringify({ input, output, templates })}, { force: true });
    const failed = diagnostics.filter(({ severity }) => severity === 'error');
    if (failed.length > 0) throw new Error(failed.map(({ message }) => message).join('\\n'));
    const { user, system } = process.cpuUsage();
    console.log((user + system) / 1e6);`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', script],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

/** @param {string} output */
function errorsIn(output) {
  mkdirSync(output, { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(output, 'node_modules'), 'junction');
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
    module: 'nodenext',
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
  };
  const settings = { compilerOptions, include: ['src'] };
  writeFileSync(join(output, 'tsconfig.json'), JSON.stringify(settings));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', output, '--pretty', 'false'], {
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  });
  const errors = stdout.split('\n').filter((line) => line.includes('error TS'));
  for (const line of errors.slice(0, 5)) console.error(line);
  return errors.length;
}

/** @param {readonly number[]} numbers */
function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
