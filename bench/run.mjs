// Measures everything, part by part, and writes docs/performance.md of it; see README.md in this folder.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { comparison } from './compare.mjs';
import { pageOf, quoted } from './page.mjs';
import { parts, resultsFile, roundsOf, rowsOf } from './parts.mjs';

/** @import { Part } from './parts.mjs' */
/** @import { Measured } from './page.mjs' */

const help = `Usage: npm run bench -- [options]

  --only A,B     only these parts: ${parts.map(({ name }) => name).join(', ')}
  --rounds N     how often each thing is measured, in turns (default 7)
  --compare REV  measure this checkout and that revision in turns, and print both; writes nothing
  --help

The figures go to bench/results.json, docs/performance.md and README.md.`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '7' },
    compare: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(help);
  process.exit();
}
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`--rounds takes a whole number from 1, not ${values.rounds}\n\n${help}`);
  process.exit(2);
}
const names = values.only?.split(',').map((name) => name.trim());
const unknown = names?.find((name) => parts.every((part) => part.name !== name));
if (unknown !== undefined) {
  console.error(`--only does not know ${unknown}\n\n${help}`);
  process.exit(2);
}
const chosen = parts.filter(({ name }) => names?.includes(name) ?? true);

if (values.compare !== undefined) console.log(comparison(values.compare, chosen, rounds));
else for (const part of chosen) await keep(part, measured(part));

/**
 * @param {Part} part
 * @returns {Measured}
 */
function measured(part) {
  console.error(`${part.name} …`);
  const load = loadavg()[0] ?? 0;
  const rows = rowsOf(part, rounds);
  for (const { what, value, goal } of rows)
    console.log(`${part.name}: ${what}: ${value}${goal === '' ? '' : ` (goal ${goal})`}`);
  const cores = part.onOneCore ? 1 : cpus().length;
  return { node: process.version, cores, load, rounds: roundsOf(part, rounds), rows };
}

/**
 * Each part is kept as soon as it is measured, so that none is lost when a later one fails.
 * @param {Part} part
 * @param {Measured} figures
 */
async function keep({ name }, figures) {
  const before = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, 'utf8')) : {};
  const results = { ...before, [name]: figures };
  await write(resultsFile, JSON.stringify(results));
  const at = (/** @type {string} */ path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
  await write(at('docs/performance.md'), pageOf(results));
  await write(at('README.md'), quoted(readFileSync(at('README.md'), 'utf8'), results));
}

/**
 * @param {string} path
 * @param {string} text
 */
async function write(path, text) {
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}
