// @ts-nocheck
import type { AnyAction } from '../action/types.js';
import { effectOf } from '../action/wire.js';
import type { DialectBase } from '../protocol/protocol.js';
import type { Estimate, PlanFacts } from './units.js';

export function estimate(
  { limits, expected, requests }: DialectBase,
  { actions, batches, mode, concurrency }: PlanFacts,
  assumed: number | undefined,
): Estimate {
  const batchMs = assumed ?? expected[mode] ?? 0;
  const chain = longestChain(batches);
  return {
    batchMs,
    chain,
    waves: batches.reduce((most, { wave }) => Math.max(most, wave + 1), 0),
    destroys: countDestroys(actions),
    minimumMs: lowerBoundMs({
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
  { name, limits, atomic = true }: DialectBase,
  { actions, batches, mode, ordered, concurrency }: PlanFacts,
  { batchMs, chain, waves, destroys, minimumMs, plainMs }: Estimate,
): string {
  const size = limits.actions[mode] ?? 0;
  const lines = [
    `${name}: ${count(actions.length, 'action')} in ${count(batches.length, 'batch', 'es')} (${mode}, at most ${size} each)`,
    waves > 1
      ? `${waves} waves: references are resolved between them${atomic ? ', and atomicity ends at each' : ''}`
      : '1 wave: nothing refers to the result of another action',
    `${concurrency} at a time${ordered ? ', in the order of the list' : ''}; the longest chain is ${count(chain, 'batch', 'es')}`,
    destroys === 0 ? 'destroys nothing' : `DESTROYS ${count(destroys, 'resource')}`,
    `at least ${duration(minimumMs)}, if a batch takes ${duration(batchMs)}; plain calls at ${limits.perSecond}/s: ${duration(plainMs)}`,
    gain(minimumMs, plainMs, atomic),
  ];
  return lines.join('\n');
}

function gain(minimumMs: number, plainMs: number, atomic: boolean): string {
  if (minimumMs < plainMs)
    return `batching is ${(plainMs / minimumMs).toFixed(1)} times as fast as plain calls`;
  return `batching gains no time here; it is still ${atomic ? 'atomic and resumable' : 'resumable'}`;
}

function count(amount: number, noun: string, plural = 's'): string {
  return `${amount.toLocaleString('en')} ${noun}${amount === 1 ? '' : plural}`;
}

function countDestroys(actions: readonly AnyAction[]): number {
  return actions.filter((action) => effectOf(action).verb === 'destroy').length;
}

function longestChain(batches: PlanFacts['batches']): number {
  const chains: number[] = [];
  // What a batch waits for always has a lower index.
  for (const { index, after } of batches) {
    chains[index] = 1 + after.reduce((most, earlier) => Math.max(most, chains[earlier] ?? 0), 0);
  }
  return chains.reduce((most, chain) => Math.max(most, chain), 0);
}

/** What the time of a run depends on. */
interface RunTime {
  readonly batches: number;
  /** The longest chain of batches that wait for one another. */
  readonly chain: number;
  readonly concurrent: number;
  /** Milliseconds a batch takes. */
  readonly batchMs: number;
  readonly requests: number;
  readonly perSecond: number;
}

/**
 * The least time that any client needs, in milliseconds: all slots full, each chain in sequence,
 * each request within the rate.
 */
export function lowerBoundMs(needs: RunTime): number {
  const { batches, chain, concurrent, batchMs, requests, perSecond } = needs;
  return Math.max(
    Math.ceil(batches / concurrent) * batchMs,
    chain * batchMs,
    (requests / perSecond) * 1_000,
  );
}

/** `7,250` → `7.3 s`; `95,000` → `1 min 35 s`. */
export function duration(ms: number): string {
  const seconds = ms / 1_000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min${part(whole % 60, 's')}`;
  return `${Math.floor(minutes / 60)} h${part(minutes % 60, 'min')}`;
}

function part(amount: number, unit: string): string {
  return amount === 0 ? '' : ` ${amount} ${unit}`;
}
