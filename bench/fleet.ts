/**
 * What a fleet costs: against the least possible time, by the number of workers, for many small organizations, for
 * small ones beside a large one, and how many lines a second a journal takes. `npm run bench:fleet [NAME]`.
 *
 * Time is the simulator's: five batches of an organization at a time, each as long as `batchMs` says.
 */
import { execFile } from 'node:child_process';
import { loadavg } from 'node:os';
import { promisify } from 'node:util';
import { Cluster } from '../test/fleet/cluster.ts';
import { modernNode } from '../test/support/modern-node.ts';
import { programs, startPostgres } from '../test/fleet/postgres.ts';

if (programs === undefined) throw new Error('This needs PostgreSQL: apt-get install postgresql');
if (modernNode === undefined) throw new Error('This needs Node 22.12 or newer.');

const batchMs = 4_000;
const perBatch = 100;
const atATime = 5;
/** Units that workers of one address act for at a time: 100 requests a second, 10 for each. */
const perAddress = 10;

interface Shape {
  readonly actions: number;
  readonly workers: number;
  readonly organizations?: number;
  /** Actions of an organization beside them, whose end is not waited for. */
  readonly beside?: number;
}

const measures: Readonly<Record<string, () => Promise<string>>> = {
  appends,
  least: async () => {
    const seconds = await timed(named(4), { actions: 5_000, workers: 1 });
    return ratio('4 organizations of 5,000, 1 worker', seconds, least(5_000));
  },
  fairness: async () => {
    const small = { actions: 100, workers: 2 };
    const alone = await timed(named(50), small);
    const beside = await timed(named(50), { ...small, beside: 100_000 });
    const name = '50 organizations of 100 beside one of 100,000, 2 workers';
    return `${ratio(name, beside, alone)} alone`;
  },
  scaling: async () => {
    const lines: string[] = [];
    // Each worker has places for five: with one worker forty organizations take eight turns.
    for (const workers of [1, 2, 4, 8]) {
      const seconds = await timed(named(40), { actions: 500, workers, organizations: 5 });
      const bound = (least(500) * 40) / (5 * workers);
      lines.push(ratio(`40 organizations of 500, ${workers} workers of 5 places`, seconds, bound));
    }
    return lines.join('\n');
  },
  many: async () => {
    const workers = 4;
    const seconds = await timed(named(1_000), { actions: 100, workers });
    const bound = (least(100) * 1_000) / (perAddress * workers);
    return ratio('1,000 organizations of 100, 4 workers', seconds, bound);
  },
};

const [only] = process.argv.slice(2);
await using postgres = await startPostgres();
for (const [name, measure] of Object.entries(measures)) {
  if (only !== undefined && only !== name) continue;
  const text = await measure();
  const load = loadavg()[0] ?? 0;
  console.log(`${text}   (load ${load.toFixed(0)})`);
}

/** Seconds in which these organizations are done, from the first worker's start. */
async function timed(
  ids: readonly string[],
  { actions, workers, organizations = perAddress, beside = 0 }: Shape,
): Promise<number> {
  const devices = (id: string): number => (id === 'large' ? beside : actions);
  await using cluster = await Cluster.start(postgres.connection, { batchMs }, { devices });
  const large = { organizationId: 'large', actions: beside };
  if (beside > 0) await cluster.submit(large);
  const runs = await cluster.submitAll(ids, { actions });
  const began = Date.now();
  const all = await Promise.all(
    Array.from({ length: workers }, (_, index) =>
      cluster.work({ worker: `w${index}`, address: `a${index}`, organizations }),
    ),
  );
  const states = await cluster.allEnded(runs);
  const seconds = (Date.now() - began) / 1_000;
  for (const worker of all) worker.kill('SIGTERM');
  if (states.join('') !== 'done') throw new Error(`The runs are ${states.join(', ')}.`);
  for (const id of ids) {
    const { lost, twice } = cluster.effects(id, actions);
    if (lost + twice > 0) throw new Error(`${id}: ${lost} lost, ${twice} twice`);
  }
  return seconds;
}

/** Lines that the journal of one run takes, all of which are there to be written. */
async function appends(): Promise<string> {
  const lines = 100_000;
  await using cluster = await Cluster.start(postgres.connection);
  const run = await cluster.submit({ organizationId: '7', actions: 10 });
  const argument = { connection: postgres.connection, schema: cluster.schema, run, lines };
  const script = new URL('fleet-appends.mjs', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(modernNode!, [script, JSON.stringify(argument)]);
  // The script writes it.
  const { seconds } = JSON.parse(stdout) as { readonly seconds: number };
  const rate = Math.round(lines / seconds).toLocaleString('en-US');
  return `100,000 lines of a journal: ${rate} a second`;
}

function named(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${100 + index}`);
}

/** Seconds that the batches of one organization take by themselves. */
function least(actions: number): number {
  return (Math.ceil(actions / perBatch / atATime) * batchMs) / 1_000;
}

function ratio(name: string, seconds: number, bound: number): string {
  const times = (seconds / bound).toFixed(2);
  return `${name}: ${seconds.toFixed(1)} s, ${times} of ${bound.toFixed(1)} s`;
}
