import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFormatted, checkOperations, fingerprint, size } from './check.mjs';
import { measure } from './meter.mjs';

/** @import { Document } from './documents.mjs' */
/** @import { Usage } from './meter.mjs' */
/** @import { Tool } from './tools.mjs' */

/**
 * What a tool did with a document.
 * @typedef {object} Result
 * @property {Tool} tool
 * @property {Usage[]} runs
 * @property {number} output bytes written
 * @property {string | undefined} failure why it does not count; a tool that failed once is out
 */

/**
 * Runs each tool once without counting it, then `rounds` times in turn, A B C, B C A, C A B: what
 * the machine does meanwhile falls on all of them, and none always comes after the same other.
 * @param {readonly Tool[]} tools
 * @param {Document} document
 * @param {number} rounds
 * @param {(progress: string) => void} say
 * @returns {Promise<Result[]>} in the order of `tools`
 */
export async function runRounds(tools, document, rounds, say) {
  const workspace = mkdtempSync(join(tmpdir(), 'batchwright-bench-'));
  const removeWorkspace = () => rmSync(workspace, { recursive: true, force: true });
  process.once('exit', removeWorkspace);
  try {
    return await runRoundsIn(workspace, tools, document, rounds, say);
  } finally {
    process.off('exit', removeWorkspace);
    removeWorkspace();
  }
}

/**
 * @param {string} workspace
 * @param {readonly Tool[]} tools
 * @param {Document} document
 * @param {number} rounds
 * @param {(progress: string) => void} say
 */
async function runRoundsIn(workspace, tools, document, rounds, say) {
  /** @type {Result[]} */
  const results = tools.map((tool) => ({ tool, runs: [], output: 0, failure: undefined }));

  for (let round = 0; round <= rounds; round += 1) {
    for (const result of rotated(results, round)) {
      if (result.failure !== undefined) continue;
      say(`${round === 0 ? 'warm-up' : `round ${round}/${rounds}`}: ${result.tool.name}`);
      try {
        const usage = await runOnce(workspace, result, document, round === 0);
        if (round > 0) result.runs.push(usage);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        result.failure = error.message;
      }
    }
  }
  return results;
}

/**
 * @param {string} workspace
 * @param {Result} result
 * @param {Document} document
 * @param {boolean} isWarmUp
 */
async function runOnce(workspace, result, document, isWarmUp) {
  const { tool } = result;
  const records = join(workspace, 'records');
  // What is removed just before, file systems look at while others are made: all of it stays to the end.
  const folder = tool.again
    ? join(workspace, tool.name.replaceAll(/\W+/g, '-'))
    : mkdtempSync(join(workspace, 'output-'));
  try {
    if (tool.again && isWarmUp) mkdirSync(folder);
    for (const [name, text] of Object.entries(tool.config?.(document.file, folder) ?? {})) {
      writeFileSync(join(folder, name), text);
    }
    const before = tool.again && !isWarmUp ? fingerprint(folder) : undefined;
    const usage = await measure(tool.argv(document.file, folder, document.name), folder, records);

    if (!tool.isFloor) checkOperations(tool, folder, document);
    if (isWarmUp) await checkFormatted(tool, folder);
    if (before !== undefined && fingerprint(folder) !== before) {
      throw new Error('rewrote files although nothing had changed');
    }
    result.output = size(folder);
    return usage;
  } finally {
    rmSync(records, { recursive: true, force: true });
  }
}

/**
 * @template Item
 * @param {readonly Item[]} items
 * @param {number} by
 * @returns {readonly Item[]}
 */
function rotated(items, by) {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
