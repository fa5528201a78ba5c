import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { systemClock } from '../../../templates/runtime/batch/pace/system-clock.ts';
import { Account } from '../../simulators/account.ts';
import { faultsIn, type MerakiFault, startMeraki } from '../../simulators/meraki-http.ts';
import type { Random } from '../../simulators/random.ts';
import type { Ended, Installed } from '../installed.ts';
import { changesOf, markOf, refusalOf, seed } from './changes.ts';

export interface KilledRunOptions {
  readonly rows: number;
  /** One row in so many is refused by the server. */
  readonly badEvery: number;
  /** The share of requests that go wrong. */
  readonly faults: number;
  /** How often the process is killed at most. */
  readonly kills: number;
  /** A process is killed within so many milliseconds. */
  readonly within: number;
  readonly batchMs: number;
  readonly random: Random;
  /** A folder for this run's files, below that of the installation. */
  readonly name: string;
}

/** What came of a run. */
export interface KilledRunReport {
  readonly kills: number;
  readonly requests: number;
  readonly faults: number;
  /** Rows that took effect more than once. */
  readonly twice: readonly string[];
  /** Rows of `results.csv` that say neither that they were applied nor why not. */
  readonly withoutVerdict: readonly string[];
  /** Rows of which `results.csv` says something else than the simulator's account. */
  readonly different: readonly string[];
  /** Bytes of memory that a process had at most. */
  readonly peakBytes: number;
  readonly applied: number;
  /** Milliseconds that `batch apply` took, where it was not killed. */
  readonly applyMs: number;
  /** The sum of what the batches took on the server, in milliseconds. */
  readonly busyMs: number;
  readonly batches: number;
}

/** What breaks a connection, or an answer, without half a minute of silence. */
const quick: readonly MerakiFault[] = [
  'reset',
  'unavailable',
  'limited',
  'lost',
  'crashed',
  'truncated',
  'garbled',
  'accepted',
];

/** Applies rows with a command line whose process is killed at random moments, and taken up again. */
export async function killedRun(
  cli: Installed,
  options: KilledRunOptions,
): Promise<KilledRunReport> {
  const { rows, random, faults } = options;
  const changes = changesOf(rows, options.badEvery);
  const account = new Account();
  await using simulator = await startMeraki({
    clock: systemClock,
    batchMs: options.batchMs,
    fails: refusalOf,
    applied: (action) => account.made(markOf(action)),
    faults: faultsIn(faults, random, quick),
  });
  seed(simulator, rows);
  const folder = join(cli.folder, options.name);
  await mkdir(folder);
  await writeFile(join(folder, 'changes.csv'), changes.csv);
  let peakBytes = 0;
  let kills = 0;
  const env = {
    HOME: folder,
    MERAKI_API_KEY: 'key',
    MERAKI_BASE_URL: simulator.baseUrl,
    MERAKI_ORGANIZATION_ID: '1',
  };
  const run = async (args: string): Promise<Ended> => {
    const isKilled = kills < options.kills;
    return cli.run(args.split(' '), {
      env,
      onStart: (child) => {
        const watch = setInterval(() => (peakBytes = Math.max(peakBytes, peakOf(child.pid))), 20);
        const timer = isKilled
          ? setTimeout(() => (kills += child.kill('SIGKILL') ? 1 : 0), random() * options.within)
          : undefined;
        child.on('exit', () => {
          clearInterval(watch);
          clearTimeout(timer);
        });
      },
    });
  };
  const plan = await cli.run(
    ['batch', 'plan', `${options.name}/changes.csv`, '--out', `${options.name}/plan.jsonl`],
    { env },
  );
  if (plan.code !== 0) throw new Error(plan.stderr);
  const apply = `batch apply ${options.name}/plan.jsonl --yes --destroys ${changes.destroys} --on-error continue`;
  const started = performance.now();
  let ended = await run(apply);
  const applyMs = performance.now() - started;
  while (ended.code === null) {
    const { stdout } = await cli.run(['batch', 'runs'], { env });
    ended = await run(/\d{8}T\d{6}-/.test(stdout) ? 'batch resume --last' : apply);
  }
  const found = await resultsOf(folder, cli, env);
  const verdicts = changes.marks.map((mark, at) => [mark, found[at]?.['status'] ?? ''] as const);
  return {
    kills,
    requests: simulator.server.requests,
    faults: simulator.faults,
    twice: account.twice(),
    withoutVerdict: verdicts.flatMap(([mark, status]) =>
      ['applied', 'failed'].includes(status) ? [] : [`${mark}: ${status}`],
    ),
    different: verdicts.flatMap(([mark, status]) => {
      const isRight =
        (status === 'applied') === (account.count(mark) === 1) &&
        (status === 'failed') === changes.bad.has(mark);
      return isRight ? [] : [`${mark}: ${status}, and took effect ${account.count(mark)} times`];
    }),
    peakBytes,
    applied: account.size,
    applyMs,
    busyMs: simulator.server.busyMs,
    batches: simulator.server.durations.length,
  };
}

async function resultsOf(
  folder: string,
  cli: Installed,
  env: Readonly<Record<string, string>>,
): Promise<readonly Readonly<Record<string, string>>[]> {
  const { stdout } = await cli.run(['batch', 'runs'], { env });
  const id = stdout.match(/\d{8}T\d{6}-[0-9a-f]{6}/g)?.at(-1) ?? '';
  const path = join(folder, '.local/state/meraki/runs', id, 'results.csv');
  return parse(await readFile(path), { columns: true });
}

/** The most memory that a process has had; 0 where the system does not say. */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1_024;
  } catch {
    return 0;
  }
}
