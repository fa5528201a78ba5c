// Measures the generator beside its peers; see README.md in this folder.
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { documentNames, findDocument } from './documents.mjs';
import { figures, goal, report } from './report.mjs';
import { runRounds } from './rounds.mjs';
import { tools } from './tools.mjs';

/** @import { Document, DocumentName } from './documents.mjs' */
/** @import { Result } from './rounds.mjs' */
/** @import { Tool } from './tools.mjs' */

const help = `Usage: npm run bench:generation -- [options]

  --runs N           runs that count of each tool (default 7)
  --document NAME    ${documentNames.join(', ')}; may be repeated (default: embedded, full)
  --input FILE       use this as the full document: JSON or YAML
  --only A,B         only these tools: ${tools.map(({ name }) => name).join(', ')}
  --json             print every run as JSON instead of tables
  --help

Exit codes: 0 measured, 1 a tool failed, or a document asked for is absent,
2 wrong options.`;

/** A wrong option. */
class UsageError extends Error {}

// Leaving by `exit` removes the temporary folder.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${help}`);
  process.exitCode = 2;
}

async function main() {
  const options = readOptions();
  if (options === undefined) {
    console.log(help);
    return 0;
  }

  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    load: loadavg()[0] ?? 0,
  };
  const measured = [];
  let isComplete = true;
  if (!options.json) console.log(describe(machine, options.runs));

  for (const name of options.documents) {
    const document = findDocument(name, options.input);
    if (typeof document === 'string') {
      console.error(`The ${name} document is absent: ${document}.`);
      isComplete &&= !options.isDocumentAsked;
      continue;
    }
    const results = await runRounds(options.tools, document, options.runs, progress);
    progress('');
    isComplete &&= results.every(({ failure }) => failure === undefined);
    measured.push({ document, results });
    if (!options.json) console.log(`\n${report(document, results)}`);
  }

  if (options.json) console.log(JSON.stringify({ machine, goal, documents: measured.map(plain) }));
  return isComplete && measured.length > 0 ? 0 : 1;
}

/** Undefined where help is asked for. */
function readOptions() {
  const values = parse();
  if (values.help) return undefined;
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) {
    throw new UsageError(`--runs takes a whole number from 1, not ${values.runs}`);
  }
  return {
    runs,
    documents: (values.document ?? ['embedded', 'full']).map(documentName),
    isDocumentAsked: values.document !== undefined,
    input: values.input,
    tools: values.only === undefined ? tools : values.only.split(',').map(tool),
    json: values.json,
  };
}

function parse() {
  try {
    const { values } = parseArgs({
      options: {
        runs: { type: 'string', default: '7' },
        document: { type: 'string', multiple: true },
        input: { type: 'string' },
        only: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param {string} name
 * @returns {DocumentName}
 */
function documentName(name) {
  const found = documentNames.find((known) => known === name);
  if (found !== undefined) return found;
  throw new UsageError(`--document takes ${documentNames.join(', ')}, not ${name}`);
}

/**
 * @param {string} name
 * @returns {Tool}
 */
function tool(name) {
  const found = tools.find((candidate) => candidate.name === name.trim());
  if (found !== undefined) return found;
  throw new UsageError(`--only does not know ${name}`);
}

/**
 * @param {{ cpu: string, cores: number, node: string, platform: string, load: number }} machine
 * @param {number} runs
 */
function describe({ cpu, cores, node, platform, load }, runs) {
  const lines = [
    `Node ${node}, ${platform}, ${cores} × ${cpu}`,
    `Whole processes, medians of ${runs} interleaved runs; MB = 1,000,000 bytes, largest process`,
  ];
  if (load > cores / 2) {
    lines.push(`The machine is busy (load ${load.toFixed(1)}): trust the ratios, not the seconds`);
  }
  return lines.join('\n');
}

/** @param {string} text */
function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
}

/**
 * @param {{ document: Document, results: Result[] }} measured
 */
function plain({ document, results }) {
  return {
    name: document.name,
    title: document.title,
    operations: document.operations.length,
    tools: results.map((result) => ({
      name: result.tool.name,
      version: result.tool.version,
      failure: result.failure,
      output: result.output,
      median: figures(result),
      runs: result.runs,
    })),
  };
}
