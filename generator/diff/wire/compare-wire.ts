import { textOf } from '../../json/narrow.ts';
import type { Severity } from '../finding.ts';
import { weight } from '../finding.ts';
import { child, type Side } from '../node.ts';
import type { Operation } from '../operations.ts';
import type { Pairing } from '../pair-operations.ts';
import { type Difference, nothingCompared } from '../schema/context.ts';
import { isSanctioned } from '../sunset.ts';
import { compareOperation } from './operation.ts';
import { stabilityOf } from '../stability.ts';
import { compareSchemes } from './security.ts';
import { compareServers } from './servers.ts';
import { compareTexts, say, type Walk } from './walk.ts';

/** A difference on the wire, and the operation in which it was met first. */
export interface WireDifference extends Difference {
  readonly operation?: Operation;
}

/**
 * Compares two documents by what they say of the wire. What several operations share is reported with
 * the first of them.
 */
export function compareWire(old: Side, now: Side, pairing: Pairing): readonly WireDifference[] {
  const found = new Map<string, WireDifference>();
  const compared = nothingCompared();
  const walkOf = (operation?: Operation, mildest?: Severity): Walk => ({
    place: [],
    compared,
    report: (difference) => {
      const key = `${difference.rule} ${difference.old?.id ?? ''} ${difference.new?.id ?? ''} ${difference.text}`;
      if (found.has(key)) return;
      found.set(key, { ...capped(difference, mildest), ...(operation && { operation }) });
    },
  });

  compareDocuments(walkOf(), old, now);
  for (const [from, to] of pairing.pairs) compareOperation(walkOf(from, leastOf(from)), from, to);
  for (const operation of pairing.removed)
    reportRemoved(walkOf(operation, leastOf(operation)), operation, now);
  for (const operation of pairing.added) {
    const text = operation.flow === 'sent' ? 'is new' : 'is new, and sent to those who ask for it';
    say(walkOf(operation), 'operation-added', text, old.root, operation.node);
  }
  return [...found.values()];
}

function compareDocuments(walk: Walk, old: Side, now: Side): void {
  const before = child(old.root, 'info');
  const after = child(now.root, 'info');
  if (before && after) {
    compareTexts(
      walk,
      ['title', 'summary', 'description', 'termsOfService', 'contact', 'license'],
      before,
      after,
    );
    compareVersions(
      walk,
      textOf(child(before, 'version')?.value),
      textOf(child(after, 'version')?.value),
      old,
      now,
    );
  }
  compareTexts(walk, ['externalDocs', 'tags'], old.root, now.root);
  compareServers(walk, old.root, now.root);
  compareSchemes(walk, old.root, now.root);
}

/** A version of numbers, as most are; anything else has no order. */
const numbered = /^v?(\d+(?:\.\d+)*)/;

function compareVersions(walk: Walk, from: string, to: string, old: Side, now: Side): void {
  const before = numbered.exec(from)?.[1]?.split('.').map(Number);
  const after = numbered.exec(to)?.[1]?.split('.').map(Number);
  if (!before || !after) return;
  for (let index = 0; index < Math.max(before.length, after.length); index++) {
    const step = (after[index] ?? 0) - (before[index] ?? 0);
    if (step > 0) return;
    if (step === 0) continue;
    say(
      walk,
      'version-decreased',
      `version is ${to} instead of ${from}`,
      child(old.root, 'info', 'version'),
      child(now.root, 'info', 'version'),
    );
    return;
  }
}

/** Of drafts and alpha releases nothing is promised: what changes there does not break a promise. */
function leastOf({ node }: Operation): Severity | undefined {
  return stabilityOf(node) < 2 ? 'info' : undefined;
}

function capped(difference: Difference, mildest: Severity | undefined): Difference {
  if (!mildest || weight(difference.severity) >= weight(mildest)) return difference;
  return { ...difference, severity: mildest };
}

function reportRemoved(walk: Walk, { node }: Operation, now: Side): void {
  const place = child(now.root, 'paths') ?? now.root;
  if (isSanctioned(node))
    say(walk, 'deprecated-operation-removed', 'is gone; it was deprecated', node, place);
  else say(walk, 'operation-removed', 'is gone', node, place);
}
