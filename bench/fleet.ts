/**
 * What a fleet costs: until a unit has a new owner, against the least possible time, by the number of workers, for many small organizations, for
 * small ones beside a large one, and how many lines a second a journal takes. `npm run bench:fleet [NAME]`.
 */
import { execFile } from 'node:child_process';
import { loadavg } from 'node:os';
import { promisify } from 'node:util';
import { Cluster } from '../test/fleet/cluster.ts';
import { modernNode } from '../test/support/modern-node.ts';
import { programs, startPostgres } from '../test/fleet/postgres.ts';
import { type FleetRun, runFleet } from './fleet-run.ts';
import { takeovers } from './fleet-takeover.ts';

if (programs === undefined) throw new Error('This needs PostgreSQL: apt-get install postgresql');
if (modernNode === undefined) throw new Error('This needs Node 22.12 or newer.');

/** Milliseconds of a batch: short ones, of which each pause shows, and those of the simulator elsewhere. */
const short = 4_000;
const usual = 30_000;
/** Units that workers of one address act for at a time: 100 requests a second, 10 for each. */
const perAddress = 10;

const measures: Readonly<Record<string, () => Promise<void>>> = {
  appends: async () => {
    say(await appends());
  },
  takeover: async () => {
    for (const line of await takeovers()) say(line);
  },
  least: async () => {
    const shape = { organizations: named(4), workers: 1, places: perAddress };
    const name = '4 organizations, 1 worker';
    for (const [actions, batchMs] of [
      [5_000, short],
      [2_000, usual],
    ] as const)
      tell(
        `${name}, ${actions} actions in batches of ${batchMs / 1_000} s`,
        await runFleet(postgres, { ...shape, actions, batchMs }),
      );
  },
  fairness: async () => {
    for (const batchMs of [short, usual]) {
      const shape = { organizations: named(50), workers: 2, places: perAddress, batchMs };
      const alone = await runFleet(postgres, { ...shape, actions: 100 });
      const beside = await runFleet(postgres, { ...shape, actions: 100, beside: 100_000 });
      const name = `50 organizations of 100, 2 workers, batches of ${batchMs / 1_000} s`;
      tell(`${name}: alone`, alone);
      tell(`${name}: beside one of 100,000`, beside);
      say(`${name}: ${(beside.seconds / alone.seconds).toFixed(2)} of what they take alone`);
    }
  },
  scaling: async () => {
    // Each worker has places for five: with one worker eighty organizations take sixteen turns.
    const shape = { organizations: named(80), actions: 500, places: 5, batchMs: short };
    for (const workers of [1, 2, 4, 8])
      tell(
        `80 organizations of 500, ${workers} workers of 5 places`,
        await runFleet(postgres, { ...shape, workers }),
      );
  },
  many: async () => {
    const shape = { organizations: named(1_000), actions: 100, workers: 4, places: perAddress };
    tell(
      '1,000 organizations of 100, 4 workers',
      await runFleet(postgres, { ...shape, batchMs: short }),
    );
  },
};

const [only] = process.argv.slice(2);
await using postgres = await startPostgres();
for (const [name, measure] of Object.entries(measures))
  if (only === undefined || only === name) await measure();

function tell(name: string, { seconds, least, batches, cpu, start }: FleetRun): void {
  const of = (floor: number): string => `${(seconds / floor).toFixed(2)} of ${floor.toFixed(1)} s`;
  const used = Object.entries(cpu)
    .map(([name, time]) => `${name} ${time.toFixed(1)} s`)
    .join(', ');
  const before = `${start.toFixed(1)} s to start the workers`;
  say(
    `${name}: ${seconds.toFixed(1)} s, ${of(least)}, ${of(batches)} of batches; CPU: ${used}, and ${before}`,
  );
}

function say(text: string): void {
  console.log(`${text}   (load ${(loadavg()[0] ?? 0).toFixed(0)})`);
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
