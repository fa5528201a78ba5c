import { type Severity, weight } from '../finding.ts';
import type { Node } from '../node.ts';
import type { Conjunction } from './conjunction.ts';
import { type ChangeName, changes } from './changes.ts';
import { type Direction, severityOf } from './severity.ts';

/** A difference as the comparison sees it, before it has a fingerprint and lines. */
export interface Difference {
  readonly rule: string;
  readonly severity: Severity;
  /** What happened, to stand after the place: `` `name` is gone ``. */
  readonly text: string;
  /** The way from the operation: `request body`, `application/json`, `items`. */
  readonly place: readonly string[];
  readonly old: Node | undefined;
  readonly new: Node | undefined;
}

/** Where two schemas are compared, and for whom. */
export interface Context {
  readonly direction: Direction;
  readonly place: readonly string[];
  /** How values are written; in text, a number is a word as any other. */
  readonly writtenAs: 'json' | 'text' | 'query';
  readonly report: (difference: Difference) => void;
  /** The comparison of two schemas, for the schemas inside of others. */
  readonly compare: (context: Context, old: Conjunction, now: Conjunction) => void;
  /** Pairs of schemas that were compared or are being compared, by their nodes and the direction. */
  readonly compared: Compared;
  /** Whether the value is required, before and after: its default then means nothing. */
  readonly isRequired?: boolean;
  /** Whether it is only tried how two schemas compare; components of one name are then taken as the same. */
  readonly isTrial?: boolean;
}

/** What was compared, and what is left for later, so that deep schemas do not exhaust the stack. */
export interface Compared {
  readonly pairs: Set<string>;
  readonly later: (() => void)[];
  depth: number;
}

export function nothingCompared(): Compared {
  return { pairs: new Set(), later: [], depth: 0 };
}

export function inside(context: Context, ...steps: readonly string[]): Context {
  return { ...context, place: [...context.place, ...steps], isRequired: false };
}

export function report(
  context: Context,
  name: ChangeName,
  text: string,
  old: Node | undefined,
  now: Node | undefined,
): void {
  const { direction, place } = context;
  const severity = severityOf(changes[name], direction);
  context.report({ rule: `${direction}-${name}`, severity, text, place, old, new: now });
}

/** How much it weighs if one becomes the other in a direction, without a report of it. */
export function weigh(
  context: Context,
  direction: Direction,
  compare: (context: Context) => void,
): Severity | undefined {
  let worst: Severity | undefined;
  const onDifference = ({ severity }: Difference) => {
    if (!worst || weight(severity) < weight(worst)) worst = severity;
  };
  compare({
    ...context,
    direction,
    report: onDifference,
    compared: nothingCompared(),
    isTrial: true,
  });
  return worst;
}
