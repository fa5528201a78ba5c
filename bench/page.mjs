import { markdownTable } from './markdown-table.mjs';
import { parts } from './parts.mjs';

/** @import { Row } from './parts.mjs' */

/**
 * What was measured of a part, and where.
 * @typedef {object} Measured
 * @property {string} node
 * @property {number} cores
 * @property {number} load how many processes wanted a core, at the start
 * @property {number} rounds
 * @property {readonly Row[]} rows
 */

/** @typedef {Readonly<Record<string, Measured>>} Results by the name of a part */

const head = `# Performance

What generation, a call, an import and a bundle cost. \`npm run bench\` measures all of it and writes this page; \`--only PART\` measures a part, and \`--compare REV\` two revisions in turns. Trust the ratios: each compares things that took turns in one run. [bench/README.md](../bench/README.md) has the peers, their settings and how each figure is taken.
`;

/** @type {Readonly<Record<string, string>>} */
const notes = {
  full: 'Ours validates the document and lays its output out as prettier would, which oazapfts does without. The floor is a process that parses the same JSON and writes as many bytes in as many files.',
  calls:
    'Small answers one after the other and fifty at a time, answers of a megabyte, and a hundred pages of a thousand items. `undici` is the client object with `undiciFetch`. A time-out by hand, `fetch` with an AbortSignal and a timer, shows the least that any client with one takes; `createClient` has its retries, masked errors and checks of credentials beyond that, and the client object limits of time, size and depth. `undici.request` is what `undiciFetch` sends with, without any client: what lies between the two is the client and the `Response` that its layers and hooks are given.',
  weight: `The client object holds its operations as text, \`src/operation-rows.ts\`, rather than as functions: a line for each, which leaves out what follows from its method, its path and the line above. The methods of a group are made of it when the group is first used, its builders when \`batch\` is. An operation that a row cannot say keeps its function: one with declared errors, headers, bodies other than JSON, or parameters in an unusual style. What runs batches is loaded on the first use of \`batch\`; previews, undoing, drafts, callbacks and verification when they are asked for. A bundler without code splitting puts all of it into one file.

Import single functions where bytes matter: each then costs what it uses. Bundlers get the modules one by one, by the condition \`module\` of \`exports\`. For Node the build makes one file of all that the entry points load at once: a hundred modules took it 44 ms.`,
  run: 'Actions are made, planned and run in 100 batches of 30 seconds each, on a clock that jumps over what a run waits for, against a function that keeps what it is sent and lists it; bodies have ten members. It is the run’s own work, with the answers that it must read, and without sockets.',
  types:
    'What is printed is checked; the copied run-time is not checked again, but read. With the run-time as declarations nothing of its code is read: what is left are the operations and their types, in a third more lines than oazapfts prints, and the builders of batches, of which it has none.',
};

/**
 * The page of the figures.
 * @param {Results} results
 */
export function pageOf(results) {
  return [head, ...parts.map((part) => sectionOf(part, results[part.name]))].join('\n');
}

/**
 * @param {import('./parts.mjs').Part} part
 * @param {Measured | undefined} measured
 */
function sectionOf({ name, title, command }, measured) {
  const note = notes[name];
  return [
    `## ${title}\n`,
    ...(note === undefined ? [] : [`${note}\n`]),
    measured === undefined
      ? `\`${command}\`: not measured yet.\n`
      : `\`${command}\`; Node ${measured.node}, ${measured.cores === 1 ? 'one core' : `${measured.cores} cores`}, load ${measured.load.toFixed(1)}, ${measured.rounds === 1 ? 'one round' : `medians of ${measured.rounds} rounds`}:\n\n${markdownTable(
          ['what', 'measured', 'goal'],
          measured.rows.map(({ what, value, goal }) => [what, value, goal]),
        )}\n`,
  ].join('\n');
}

/**
 * The lines of the project's README that quote the figures, by the beginning of each.
 * @param {Results} results
 * @returns {ReadonlyMap<string, string>}
 */
export function quotesOf(results) {
  const of = (/** @type {string} */ part, /** @type {string} */ what) =>
    results[part]?.rows.find((row) => row.what === what)?.value ?? '–';
  const full = (/** @type {string} */ what) => of('full', what);
  const kilobytes = (/** @type {string} */ what) => of('weight', `${what}: loaded at once, kB`);
  return new Map([
    [
      'generation against oazapfts 7.5: wall time, CPU, peak memory',
      `${full('wall time of oazapfts')}, ${full('CPU of oazapfts')}, ${full('memory of oazapfts')} (${full('peak memory, MiB')} MiB), with validation and layout`,
    ],
    [
      'the same wall time against orval, openapi-typescript, hey-api',
      ['orval', 'openapi-typescript', 'hey-api']
        .map((peer) => full(`wall time of ${peer}`))
        .join(', '),
    ],
    [
      '[the client object](docs/performance.md), minified, loaded at once; one call',
      `${kilobytes('the client object')} kB; ${kilobytes('a single call')} kB`,
    ],
  ]);
}

/**
 * The README with the figures that were measured.
 * @param {string} readme
 * @param {Results} results
 */
export function quoted(readme, results) {
  const quotes = quotesOf(results);
  return readme
    .split('\n')
    .map((line) => {
      const [, what = ''] = line.split(' | ')[0]?.match(/^\| (.+?) *$/) ?? [];
      const quote = quotes.get(what);
      return quote === undefined ? line : `| ${what} | ${quote} |`;
    })
    .join('\n');
}
