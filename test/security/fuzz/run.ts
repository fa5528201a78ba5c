import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { type Case, cases, judge } from './cases.ts';

const usage = `npm run fuzz:client -- [--count <n>] [--seed <n>] [--path <p>] [--all]

Gives hostile answers, callbacks and journals to the client and to batches. Ends with 1 at the first
fault, which it makes as small as it can.
  --count <n>   how many (200000)
  --seed <n>    what they are made from (the present time)
  --path <p>    of a fault that was found with this seed: it alone
  --all         goes on after a fault, and lists each kind once
`;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    path: { type: 'string' },
    all: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(usage);
  process.exit();
}

const seed = Number(values.seed);
const start = performance.now();
const counts = new Map<string, number>();
const kinds = new Map<string, Case>();
let done = 0;
let current: Case | undefined;
// Also what comes after a case has ended.
process.on('uncaughtException', (error) => {
  process.stdout.write(`fault: uncaught ${error.stack}\ncase: ${JSON.stringify(current)}\n`);
  process.exit(1);
});
process.stdout.write(`${values.count} hostile cases, seed ${seed}\n`);

const property = fc.asyncProperty(cases, async (one) => {
  current = one;
  const faults = await judge(one);
  counts.set(one.kind, (counts.get(one.kind) ?? 0) + 1);
  done += 1;
  if (done % 1000 === 0) process.stdout.write(`${done} after ${seconds()} s\n`);
  if (faults.length === 0) return;
  if (!values.all) throw new Error(faults.join('\n'));
  const kind = `${one.kind}: ${faults[0]?.split('\n').slice(0, 3).join('\n').slice(0, 400)}`;
  if (!kinds.has(kind)) kinds.set(kind, one);
});
const result = await fc.check(property, {
  numRuns: Number(values.count),
  seed,
  ...(values.path !== undefined && { path: values.path }),
});

for (const [kind, one] of kinds)
  process.stdout.write(`fault: ${kind}\ncase: ${JSON.stringify(one).slice(0, 2000)}\n`);
if (result.failed) {
  const { errorInstance, counterexample, counterexamplePath } = result;
  const fault = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  process.stdout.write(
    `fault: ${fault}\ncase: ${JSON.stringify(counterexample?.[0])}\n` +
      `again: npm run fuzz:client -- --seed ${seed} --path ${counterexamplePath ?? ''}\n`,
  );
} else {
  const lines = [...counts].map(([kind, count]) => `${String(count).padStart(7)} ${kind}`);
  process.stdout.write(`${lines.join('\n')}\n${kinds.size} faults in ${done}, ${seconds()} s\n`);
}
process.exit(result.failed || kinds.size > 0 ? 1 : 0);

function seconds(): number {
  return Math.round((performance.now() - start) / 1000);
}
