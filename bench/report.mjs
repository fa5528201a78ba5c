import { ours } from './tools.mjs';
import { median } from './median.mjs';

/** @import { Document } from './documents.mjs' */
/** @import { Result } from './rounds.mjs' */

/**
 * The median of a tool's runs; with it the fastest and the slowest, to show how far to trust it.
 * @typedef {object} Figures
 * @property {number} wall seconds
 * @property {number} cpu seconds
 * @property {number | undefined} memory bytes
 * @property {readonly [number, number]} wallRange seconds
 */

/**
 * The goal, set for the vendor's full document: validation and prettier's layout included.
 * @satisfies {{ peer: string, wall: number, cpu: number, memory: number }}
 */
export const goal = { peer: 'oazapfts', wall: 0.5, cpu: 0.75, memory: 200e6 };

/**
 * @param {Result} result
 * @returns {Figures | undefined} undefined where the tool failed
 */
export function figures({ runs, failure }) {
  if (failure !== undefined || runs.length === 0) return undefined;
  const walls = runs.map(({ wall }) => wall);
  const peaks = runs.map(({ memory }) => memory).filter((memory) => memory !== undefined);
  return {
    wall: median(walls),
    cpu: median(runs.map(({ cpu }) => cpu)),
    memory: peaks.length === runs.length ? median(peaks) : undefined,
    wallRange: [Math.min(...walls), Math.max(...walls)],
  };
}

/**
 * The tables of one document as text.
 * @param {Document} document
 * @param {readonly Result[]} results
 * @returns {string}
 */
export function report(document, results) {
  const own = figuresOf(results, ours);
  const rows = results.map((result) => row(result, own));
  const failures = results.filter(({ failure }) => failure !== undefined);
  return [
    `${document.name}: ${document.title}, ${document.operations.length} operations`,
    '',
    ...table([header, ...rows]),
    '',
    ...failures.map(({ tool, failure }) => `${tool.name} failed: ${failure}`),
    ...goalLines(own, figuresOf(results, goal.peer)),
  ].join('\n');
}

const header = [
  'tool',
  'wall s',
  'fastest–slowest',
  'CPU s',
  'memory MB',
  'output kB',
  'ours/it: wall',
  'CPU',
  'memory',
];

/**
 * @param {Result} result
 * @param {Figures | undefined} own
 * @returns {string[]}
 */
function row(result, own) {
  const name = `${result.tool.name} ${result.tool.version}`;
  const its = figures(result);
  if (its === undefined) return [name, 'failed', ...header.slice(2).map(() => '–')];
  const isPeer = !result.tool.name.startsWith(ours);
  return [
    name,
    its.wall.toFixed(2),
    its.wallRange.map((wall) => wall.toFixed(2)).join('–'),
    its.cpu.toFixed(2),
    megabytes(its.memory),
    (result.output / 1e3).toFixed(0),
    ...(isPeer
      ? [ratio(own?.wall, its.wall), ratio(own?.cpu, its.cpu), ratio(own?.memory, its.memory)]
      : ['', '', '']),
  ];
}

/**
 * @param {Figures | undefined} own
 * @param {Figures | undefined} peer
 * @returns {string[]}
 */
function goalLines(own, peer) {
  const { wall, cpu, memory } = goal;
  return [
    verdict(`wall at most ${wall} of ${goal.peer}`, quotient(own?.wall, peer?.wall), wall),
    verdict(`CPU at most ${cpu} of ${goal.peer}`, quotient(own?.cpu, peer?.cpu), cpu),
    verdict(`memory at most ${megabytes(memory)} MB`, own?.memory, memory, megabytes),
  ];
}

/**
 * @param {string} what
 * @param {number | undefined} value
 * @param {number} limit
 * @param {(value: number) => string} print
 */
function verdict(what, value, limit, print = (value) => value.toFixed(2)) {
  if (value === undefined) return `goal: ${what}: not measured`;
  return `goal: ${what}: ${print(value)}, ${value <= limit ? 'met' : 'missed'}`;
}

/**
 * @param {readonly Result[]} results
 * @param {string} name
 */
function figuresOf(results, name) {
  const result = results.find(({ tool }) => tool.name === name);
  return result && figures(result);
}

/**
 * @param {number | undefined} own
 * @param {number | undefined} peer
 */
function quotient(own, peer) {
  return own === undefined || peer === undefined ? undefined : own / peer;
}

/**
 * @param {number | undefined} own
 * @param {number | undefined} peer
 */
function ratio(own, peer) {
  return quotient(own, peer)?.toFixed(2) ?? '–';
}

/** @param {number | undefined} bytes */
function megabytes(bytes) {
  return bytes === undefined ? '–' : (bytes / 1e6).toFixed(0);
}

/**
 * Text in columns; the first to the left, the numbers to the right.
 * @param {readonly (readonly string[])[]} rows
 */
function table(rows) {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  return rows.map((cells) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
