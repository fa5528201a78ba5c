import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome } from '../../../../templates/runtime/batch/outcome/outcome.ts';
import { fastClock } from '../../../simulators/clock.ts';
import { faultsIn, startMeraki } from '../../../simulators/meraki-http.ts';
import { randomOf } from '../../../simulators/random.ts';
import { load, mistakes } from './load.ts';
import { bundled, live } from './process.ts';

export interface KillReport {
  readonly kills: number;
  readonly lost: number;
  readonly twice: number;
  readonly wrong: readonly string[];
  readonly unknown: number;
  readonly concurrency: number;
  /** Drafts that were left on the server, because a process died or an answer was lost. */
  readonly openDrafts: number;
  /** Of those, drafts that the result does not name. */
  readonly unnamed: number;
}

export interface KillOptions {
  readonly actions: number;
  readonly seed: number;
  /** How often the process is killed. */
  readonly kills: number;
  /** When it is killed: after so many milliseconds at most, or with its so many-th request. */
  readonly life: { readonly milliseconds: number } | { readonly requests: number };
  readonly share: number;
  readonly speed: number;
}

/** Runs a load in a process that is killed again and again, and resumed each time, to the end. */
export async function killed(options: KillOptions): Promise<KillReport> {
  const { actions, seed, share, speed } = options;
  const random = randomOf(seed);
  const made = load(actions, randomOf(seed));
  const counts = new Map<number, number>();
  const hit = faultsIn(share, random);
  let death = new AbortController();
  let requests = 0;
  const folder = await mkdtemp(join(tmpdir(), 'batch-kill-'));
  await using simulator = await startMeraki({
    clock: fastClock(speed),
    seed,
    jitter: 0.5,
    namesActions: seed % 2 === 1,
    faults: () => {
      requests += 1;
      if ('requests' in options.life && requests === options.life.requests) death.abort();
      return hit();
    },
    applied: ({ body }) => {
      const n = Number(body?.['n']);
      counts.set(n, (counts.get(n) ?? 0) + 1);
    },
  });
  try {
    const script = await bundled('child', folder);
    const journal = join(folder, 'journal.jsonl');
    const args = [script, simulator.baseUrl, journal, String(actions), String(seed), String(speed)];
    let kills = 0;
    for (;;) {
      requests = 0;
      death = new AbortController();
      const signal =
        'requests' in options.life
          ? death.signal
          : AbortSignal.timeout(80 + Math.round(random() * options.life.milliseconds));
      const output = await live(args, kills < options.kills ? signal : undefined);
      if (output === undefined) {
        kills += 1;
        continue;
      }
      const { outcomes, left } = JSON.parse(output) as {
        readonly outcomes: readonly Outcome[];
        readonly left: number;
      };
      return {
        kills,
        lost: made.fates.length - outcomes.filter(Boolean).length,
        twice: [...counts.values()].filter((times) => times > 1).length,
        wrong: mistakes(made, outcomes, counts),
        unknown: outcomes.filter(({ status }) => status === 'unknown').length,
        concurrency: simulator.server.offences.concurrency,
        openDrafts: simulator.server.openDrafts,
        unnamed: simulator.server.openDrafts - left,
      };
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}
