import { format } from 'prettier';
import { markdownTable } from './markdown-table.mjs';

/**
 * What the templates cost on a document.
 * @typedef {object} Costs
 * @property {string} title of the document
 * @property {readonly number[]} seconds of CPU, in the order of the rows; the first is the client alone
 * @property {number} typeErrors of the package with all of them
 */

/**
 * How it was measured.
 * @typedef {object} Run
 * @property {readonly string[]} names of the rows
 * @property {readonly Costs[]} costs
 * @property {number} runs of each generation
 * @property {number} cores
 * @property {number} load how many processes wanted a core, at the start
 * @property {number} minutes that it took
 */

const heading = '## What the opt-in templates cost\n';

/**
 * The page of the templates with the section of their costs made anew.
 * @param {string} page
 * @param {Run} run
 */
export async function withCosts(page, run) {
  const begin = page.indexOf(heading);
  const end = page.indexOf('\n## ', begin + 1);
  if (begin === -1 || end === -1) throw new Error(`the page has no section \`${heading.trim()}\``);
  const section = await format(sectionOf(run), { parser: 'markdown', singleQuote: true });
  return `${page.slice(0, begin)}${section}${page.slice(end)}`;
}

/**
 * The table of the ratios.
 * @param {Run} run
 */
export function tableOf({ names, costs }) {
  const rows = names.map((name, row) => [
    name,
    ...costs.map(({ seconds }) => {
      const [alone = 1] = seconds;
      const own = seconds[row] ?? 0;
      return row === 0 ? `${own.toFixed(1)} s` : (own / alone).toFixed(2);
    }),
  ]);
  return markdownTable(['', ...costs.map(({ title }) => title)], rows);
}

/** @param {Run} run */
function sectionOf(run) {
  const { costs, runs, cores, load, minutes } = run;
  const errors = costs
    .filter(({ typeErrors }) => typeErrors > 0)
    .map(({ title, typeErrors }) => `${title} has ${typeErrors}`);
  const compiled = errors.length === 0 ? 'no type error for any of them' : errors.join(', ');
  const taken = runs === 1 ? 'one turn' : `medians of ${runs} turns`;
  return `${heading}
CPU time of a generation with a template, as a ratio to that of the client alone:

${tableOf(run)}

Most of it is prettier, which lays these files out after they are printed. \`npm run bench:templates\` measures this and writes this section: each generation is a process of its own, which counts its user and system time, and the choices of templates take turns. It then compiles the package with all of them under \`strict\`, \`exactOptionalPropertyTypes\` and \`noUncheckedIndexedAccess\`: ${compiled}. Trust the ratios: these are ${taken} on ${cores} cores at load ${load.toFixed(1)}, which took ${Math.ceil(minutes)} minutes.
`;
}
