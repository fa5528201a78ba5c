import { textOf } from '../json/narrow.ts';
import { child, type Node } from './node.ts';
import type { Difference } from './schema/context.ts';
import { wireRules } from './wire/rules.ts';

/** From the least to the most: what a vendor may still change. No word is a promise of stability. */
const levels = ['draft', 'alpha', 'beta', 'stable'];

export function stabilityOf(node: Node): number {
  const level = levels.indexOf(textOf(child(node, 'x-stability-level')?.value));
  return level < 0 ? levels.length - 1 : level;
}

interface Reporting {
  readonly place: readonly string[];
  readonly report: (difference: Difference) => void;
}

/** Compares what the vendor promises of an operation, a parameter or a property. */
export function compareStability({ place, report }: Reporting, old: Node, now: Node): void {
  const step = stabilityOf(now) - stabilityOf(old);
  if (step === 0) return;
  const rule = step < 0 ? 'stability-decreased' : 'stability-increased';
  const text = `is ${levels[stabilityOf(now)]} instead of ${levels[stabilityOf(old)]}`;
  report({ rule, severity: wireRules[rule].severity, text, place, old, new: now });
}
