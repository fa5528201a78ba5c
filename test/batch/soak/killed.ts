import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Outcome } from '../../../templates/runtime/batch/outcome.ts';
import { fastClock } from '../../simulators/clock.ts';
import { faultsIn, startMeraki } from '../../simulators/meraki-http.ts';
import { randomOf } from '../../simulators/random.ts';
import { load, mistakes } from './load.ts';

export interface KillReport {
  readonly kills: number;
  readonly lost: number;
  readonly twice: number;
  readonly wrong: readonly string[];
  readonly unknown: number;
  readonly concurrency: number;
  /** Drafts that were left on the server. */
  readonly openDrafts: number;
}

export interface KillOptions {
  readonly actions: number;
  readonly seed: number;
  /** How often the process is killed. */
  readonly kills: number;
  /** Milliseconds of life at most, before a kill. */
  readonly life: number;
  readonly share: number;
  readonly speed: number;
}

/** Runs a load in a process that is killed again and again, and resumed each time, to the end. */
export async function killed(options: KillOptions): Promise<KillReport> {
  const { actions, seed, share, speed } = options;
  const random = randomOf(seed);
  const made = load(actions, randomOf(seed));
  const counts = new Map<number, number>();
  const folder = await mkdtemp(join(tmpdir(), 'batch-kill-'));
  await using simulator = await startMeraki({
    clock: fastClock(speed),
    seed,
    jitter: 0.5,
    namesActions: seed % 2 === 1,
    faults: faultsIn(share, random),
    applied: ({ body }) => {
      const n = Number(body?.['n']);
      counts.set(n, (counts.get(n) ?? 0) + 1);
    },
  });
  try {
    const script = join(folder, 'child.mjs');
    await build({
      entryPoints: [join(import.meta.dirname, 'child.ts')],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
    const journal = join(folder, 'journal.jsonl');
    const args = [script, simulator.baseUrl, journal, String(actions), String(seed), String(speed)];
    let kills = 0;
    for (;;) {
      const life = kills < options.kills ? 80 + random() * options.life : undefined;
      const output = await live(args, life);
      if (output === undefined) {
        kills += 1;
        continue;
      }
      const outcomes = JSON.parse(output) as readonly Outcome[];
      return {
        kills,
        lost: made.fates.length - outcomes.filter(Boolean).length,
        twice: [...counts.values()].filter((times) => times > 1).length,
        wrong: mistakes(made, outcomes, counts),
        unknown: outcomes.filter(({ status }) => status === 'unknown').length,
        concurrency: simulator.server.offences.concurrency,
        openDrafts: simulator.server.openDrafts,
      };
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What a process wrote, or undefined where it was killed before it ended. */
function live(args: readonly string[], life: number | undefined): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = life === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), life);
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL') resolve(undefined);
      else if (code === 0) resolve(output);
      else reject(new Error(`exit code ${code}: ${errors}`));
    });
  });
}
