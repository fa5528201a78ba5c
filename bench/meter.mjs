import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What one run of a command used.
 * @typedef {object} Usage
 * @property {number} wall seconds from the start of the process to its end
 * @property {number} cpu seconds, user and system, of all its processes and threads
 * @property {number | undefined} memory bytes: the peak of its largest Node process
 */

const probe = fileURLToPath(new URL('probe.cjs', import.meta.url));
const binaries = fileURLToPath(new URL('node_modules/.bin', import.meta.url));
const limitSeconds = 300;

/**
 * Runs `node ...argv` in `folder` and measures the whole process, start-up included.
 * Throws when the command fails, with the end of what it said; `records` must not exist yet.
 * @param {readonly string[]} argv
 * @param {string} folder
 * @param {string} records a folder for what the probe writes and the command says
 * @returns {Promise<Usage>}
 */
export async function measure(argv, folder, records) {
  mkdirSync(records);
  const log = join(records, 'log');
  const output = openSync(log, 'w');
  const cpuBefore = cpuOfChildren();
  const start = performance.now();
  const child = spawn(process.execPath, argv, {
    cwd: folder,
    env: environment(records),
    stdio: ['ignore', output, output],
    timeout: limitSeconds * 1000,
    killSignal: 'SIGKILL',
  });
  closeSync(output);
  const [code, signal] = await ended(child);
  const wall = (performance.now() - start) / 1000;
  const cpuAfter = cpuOfChildren();

  if (signal) throw new Error(`ended by ${signal} after ${wall.toFixed(0)} s`);
  if (code !== 0) throw new Error(`exit code ${code}: ${lastLine(readFileSync(log, 'utf8'))}`);

  const processes = readRecords(records);
  return {
    wall,
    cpu:
      cpuBefore === undefined || cpuAfter === undefined
        ? processes.reduce((sum, { cpu }) => sum + cpu, 0)
        : cpuAfter - cpuBefore,
    memory: processes.length === 0 ? undefined : Math.max(...processes.map(({ memory }) => memory)),
  };
}

/**
 * CPU seconds of all descendants waited for so far, as the kernel counts them: native programs and
 * the tear-down after `exit` included. Undefined where there is no `/proc`; the probes' sum, which
 * has neither, stands in.
 * @returns {number | undefined}
 */
function cpuOfChildren() {
  if (process.platform !== 'linux') return undefined;
  const stat = readFileSync('/proc/self/stat', 'utf8');
  // The second field is the program's name in parentheses, which may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[13]) + Number(fields[14]);
  return ticks / 100;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<[number | null, NodeJS.Signals | null]>}
 */
function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve([code, signal]));
  });
}

/**
 * The same surroundings for every tool, no matter who starts the bench: nothing of npm's, no Node
 * options but the probe, and `prettier` found where a tool starts it as a command.
 * @param {string} records
 * @returns {NodeJS.ProcessEnv}
 */
function environment(records) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NODE_|FORCE_COLOR$|INIT_CWD$)/i.test(name),
  );
  const inherited = Object.fromEntries(kept);
  return {
    ...inherited,
    PATH: `${binaries}${delimiter}${inherited['PATH'] ?? ''}`,
    NO_COLOR: '1',
    NODE_OPTIONS: `--require ${JSON.stringify(probe)}`,
    BENCH_RECORDS: records,
  };
}

/**
 * @param {string} records
 * @returns {{ cpu: number, memory: number }[]}
 */
function readRecords(records) {
  return readdirSync(records)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(records, name), 'utf8')));
}

/** @param {string} text */
function lastLine(text) {
  const lines = text.split('\n').map((line) => line.trim());
  const error = lines.find((line) => /error/i.test(line)) ?? lines.findLast(Boolean);
  return error?.slice(0, 200) ?? 'it said nothing';
}
