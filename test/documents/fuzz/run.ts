import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { changed, originals } from './cases.ts';
import { maxBytes, type News, type Task } from './worker.ts';

const usage = `npm run fuzz -- [--count <n>] [--seed <n>] [--path <p>]

Changes published documents at random and has them generated, without writing. Ends with 1 at the
first fault, which it makes as small as it can; the document is then kept in the temporary folder.
  --count <n>   how many documents (20000)
  --seed <n>    what the changes are made from (the present time)
  --path <p>    of a fault that was found with this seed: it alone
`;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    path: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(usage);
  process.exit();
}

/** A case that takes longer hangs. */
const patience = 60_000;
const task: Task = {
  count: Number(values.count),
  seed: Number(values.seed),
  ...(values.path === undefined ? {} : { path: values.path }),
};
const documents = await originals(maxBytes);
process.stdout.write(`${task.count} changes of ${documents.length} documents, seed ${task.seed}\n`);

const start = performance.now();
const worker = new Worker(new URL('worker.js', import.meta.url), {
  workerData: task,
  resourceLimits: { maxOldGenerationSizeMb: 1536 },
});
let last: News | undefined;
let heard = performance.now();
const outcomes = new Map<string, number>();
let done = 0;

worker.on('error', (error) => void fail(`ends with ${String(error)}`));
worker.on('message', (news: News) => {
  last = news;
  heard = performance.now();
  if (news.kind === 'done') {
    done += 1;
    outcomes.set(news.outcome, (outcomes.get(news.outcome) ?? 0) + 1);
    if (done % 1000 === 0) process.stdout.write(`${done} after ${seconds()} s\n`);
  }
  if (news.kind === 'fault') void fail(news.fault, news.path);
  if (news.kind === 'end') report();
});
const watch = setInterval(() => {
  if (performance.now() - heard > patience) void fail('hangs');
}, 1000);

function report(): void {
  clearInterval(watch);
  const counts = [...outcomes].toSorted(([, a], [, b]) => b - a);
  const lines = counts.map(([outcome, count]) => `${String(count).padStart(7)} ${outcome}`);
  process.stdout.write(`${lines.join('\n')}\nno fault in ${done} documents, ${seconds()} s\n`);
}

async function fail(fault: string, path?: string): Promise<void> {
  clearInterval(watch);
  await worker.terminate();
  const lines = [`fault: ${fault}`];
  if (last !== undefined && 'case' in last) {
    const file = join(tmpdir(), `batchwright-fuzz-${task.seed}.json`);
    await writeFile(file, changed(last.case, documents).text);
    lines.push(
      `case: ${JSON.stringify(last.case)}`,
      `of ${documents[last.case.document]?.name}; the document is ${file}`,
    );
  }
  const again = path === undefined ? '' : ` --path ${path}`;
  lines.push(`again: npm run fuzz -- --seed ${task.seed}${again}`);
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exit(1);
}

function seconds(): number {
  return Math.round((performance.now() - start) / 1000);
}
