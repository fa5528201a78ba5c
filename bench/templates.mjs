// What each opt-in template costs: the CPU time of a generation with it beside one of the client alone,
// and whether everything together compiles. Writes it into docs/templates.md.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findDocument } from './documents.mjs';
import { tableOf, withCosts } from './template-costs.mjs';
import { median } from './median.mjs';

const help = `Usage: npm run bench:templates -- [options]

  --runs N  how often each generation is measured, in turns (default 3)
  --print   prints the table, and leaves docs/templates.md as it is
  --help

With three runs it takes about a quarter of an hour on two free cores.`;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    print: { type: 'boolean', default: false },
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
const rows = ['the client alone', ...single.map((name) => `\`${name}\``), 'all of them'];

const wanted = /** @type {const} */ ({
  full: 'Meraki v1.42.0',
  stripe: 'Stripe',
  github: 'GitHub',
});
// `Object.keys` forgets what it was given.
const names = /** @type {readonly (keyof typeof wanted)[]} */ (Object.keys(wanted));
const documents = names.flatMap((name) => {
  const found = findDocument(name, undefined);
  if (typeof found !== 'string') return [{ ...found, title: wanted[name] }];
  console.error(`${name}: ${found}`);
  return [];
});

const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a number from 1');
const began = Date.now();
const [load = 0] = loadavg();

/** @type {import('./template-costs.mjs').Costs[]} */
const costs = [];
for (const { name, file, title } of documents) {
  const times = choices.map(() => /** @type {number[]} */ ([]));
  for (let run = 1; run <= runs; run += 1) {
    for (const [index, templates] of choices.entries())
      times[index]?.push(generate(name, file, templates));
    console.error(`${title}: turn ${run} of ${runs}`);
  }
  const typeErrors = errorsIn(join(folder, `${name}-${single.join('-')}`));
  costs.push({ title, seconds: times.map(median), typeErrors });
}
const minutes = (Date.now() - began) / 60_000;
const measured = { names: rows, costs, runs, cores: availableParallelism(), load, minutes };
console.log(tableOf(measured));
for (const { title, typeErrors } of costs) console.log(`${title}: ${typeErrors} type errors`);

const page = join(root, 'docs/templates.md');
const isComplete = costs.length === names.length;
if (!isComplete) console.error(`${page} stays as it is: a document is missing`);
if (isComplete && !values.print)
  writeFileSync(page, await withCosts(readFileSync(page, 'utf8'), measured));

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
