import type { Outcome } from '../../../../templates/runtime/batch/outcome/outcome.ts';
import { faultsIn } from '../../../simulators/meraki-http.ts';
import { randomOf } from '../../../simulators/random.ts';
import { bench, organizationId } from '../fixtures.ts';
import { load, mistakes } from './load.ts';

export interface Report {
  readonly batches: number;
  readonly requests: number;
  readonly faults: number;
  /** Simulated seconds. */
  readonly seconds: number;
  /** Share of the places for running batches that was used. */
  readonly used: number;
  /** Actions without an outcome. */
  readonly lost: number;
  readonly twice: number;
  /** Outcomes that differ from what took effect or from what had to become of the action. */
  readonly wrong: readonly string[];
  readonly unknown: number;
  /** Pairs of actions on one resource that took effect in the wrong order. */
  readonly disordered: number;
  readonly offences: Readonly<Record<string, number>>;
  readonly openDrafts: number;
  /** Of those, drafts that the result does not name. */
  readonly unnamed: number;
}

/** Runs a load against a server that spoils a share of all requests, and compares the outcomes with it. */
export async function faulted(count: number, share: number, seed: number): Promise<Report> {
  const random = randomOf(seed);
  const made = load(count, random);
  const last = new Map<string, number>();
  let disordered = 0;
  await using at = await bench({
    seed,
    jitter: 0.5,
    namesActions: seed % 2 === 1,
    faults: faultsIn(share, random),
    applied: ({ resource, operation, body }) => {
      const n = Number(body?.['n']);
      if (operation === 'update' && (last.get(resource) ?? -1) > n) disordered += 1;
      last.set(resource, n);
    },
  });
  const { simulator, clock, counts, batch } = at;
  const plan = batch.plan(made.items);
  const run = batch.run(plan, { organizationId, onError: 'continue' });
  const nested = await run.outcomes();
  const left = (await run.leftDrafts()).filter(({ id }) => id !== undefined);
  const outcomes = (nested as readonly (Outcome | readonly Outcome[])[]).flat();

  return {
    batches: plan.batches.length,
    requests: simulator.server.requests,
    faults: simulator.faults,
    seconds: Math.round(clock.now() / 1_000),
    used: Math.round((simulator.server.busyMs / clock.now() / 5) * 1_000) / 1_000,
    lost: made.fates.length - outcomes.filter(Boolean).length,
    twice: [...counts.values()].filter((times) => times > 1).length,
    wrong: mistakes(made, outcomes, counts),
    unknown: outcomes.filter(({ status }) => status === 'unknown').length,
    disordered,
    offences: simulator.server.offences,
    openDrafts: simulator.server.openDrafts,
    unnamed: simulator.server.openDrafts - left.length,
  };
}
