import type { AnyAction } from '../action/action.js';
import type { DialectBase } from '../protocol/protocol.js';
import { duration, minimumMs } from '../model.js';
import type { Plan } from './plan.js';
import { subjectOf } from '../action/wire.js';

/** What a run will cost. Times are milliseconds. */
export interface Estimate {
  /** Milliseconds a batch is assumed to take. */
  readonly batchMs: number;
  /** The longest chain of batches that wait for one another. */
  readonly chain: number;
  readonly waves: number;
  /** Actions that destroy something. */
  readonly destroys: number;
  /** The least time that any client needs. */
  readonly minimumMs: number;
  /** The least time for the same actions as plain calls, at the rate that the server allows. */
  readonly plainMs: number;
}

type Facts = Pick<Plan, 'actions' | 'batches' | 'mode' | 'ordered' | 'concurrency'>;

export function estimate(
  { limits, expected, requests }: DialectBase,
  { actions, batches, mode, concurrency }: Facts,
  assumed: number | undefined,
): Estimate {
  const batchMs = assumed ?? expected[mode] ?? 0;
  const chain = longestChain(batches);
  return {
    batchMs,
    chain,
    waves: batches.reduce((most, { wave }) => Math.max(most, wave + 1), 0),
    destroys: countDestroys(actions),
    minimumMs: minimumMs({
      batches: batches.length,
      chain,
      concurrent: concurrency,
      batchMs,
      requests: batches.length * requests,
      perSecond: limits.perSecond,
    }),
    plainMs: (actions.length / limits.perSecond) * 1_000,
  };
}

/** The plan in words. */
export function describe(
  { name, limits }: DialectBase,
  { actions, batches, mode, ordered, concurrency }: Facts,
  { batchMs, chain, waves, destroys, minimumMs, plainMs }: Estimate,
): string {
  const size = limits.actions[mode] ?? 0;
  const lines = [
    `${name}: ${count(actions.length, 'action')} in ${count(batches.length, 'batch', 'es')} (${mode}, at most ${size} each)`,
    waves > 1
      ? `${waves} waves: references are resolved between them, and atomicity ends at each`
      : '1 wave: nothing refers to the result of another action',
    `${concurrency} at a time${ordered ? ', in the order of the list' : ''}; the longest chain is ${count(chain, 'batch', 'es')}`,
    destroys === 0 ? 'destroys nothing' : `DESTROYS ${count(destroys, 'resource')}`,
    `at least ${duration(minimumMs)}, if a batch takes ${duration(batchMs)}; plain calls at ${limits.perSecond}/s: ${duration(plainMs)}`,
    verdict(minimumMs, plainMs),
  ];
  return lines.join('\n');
}

function verdict(minimumMs: number, plainMs: number): string {
  if (minimumMs >= plainMs) return 'batching gains no time here; it still is atomic and resumable';
  return `batching is ${(plainMs / minimumMs).toFixed(1)} times as fast as plain calls`;
}

function count(amount: number, noun: string, plural = 's'): string {
  return `${amount.toLocaleString('en')} ${noun}${amount === 1 ? '' : plural}`;
}

function countDestroys(actions: readonly AnyAction[]): number {
  return actions.filter((action) => subjectOf(action).verb === 'destroy').length;
}

function longestChain(batches: Plan['batches']): number {
  const chains: number[] = [];
  // What a batch waits for always has a lower index.
  for (const { index, after } of batches) {
    chains[index] = 1 + after.reduce((most, earlier) => Math.max(most, chains[earlier] ?? 0), 0);
  }
  return chains.reduce((most, chain) => Math.max(most, chain), 0);
}
