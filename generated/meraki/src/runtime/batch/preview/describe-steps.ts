import type { Reversal, ReversalCounts } from '../effects/types.js';
import type { Plan } from '../plan/units.js';
import type { Step } from './types.js';

/** Characters of a value at most. */
const mostText = 80;

interface Facts {
  readonly steps: readonly Step[];
  readonly reversals: ReversalCounts;
  readonly dropped: number;
  readonly reads: number;
}

/** A plan as people know it: a line for each resource, and one for each member that changes. */
export function describeSteps(plan: Plan, { steps, reversals, dropped, reads }: Facts): string {
  const shown = steps.filter(({ kind }) => kind !== 'same');
  const count = (kind: Step['kind']): number => steps.filter((step) => step.kind === kind).length;
  const sums = [
    `${count('create')} to create`,
    `${count('change')} to change`,
    `${count('destroy')} to destroy`,
    `${count('same')} unchanged`,
    `${count('unreadable')} unreadable`,
  ];
  const { reversible, newId, partly, irreversible } = reversals;
  return [
    ...shown.flatMap(linesOf),
    `${sums.join(', ')} (${reads} ${reads === 1 ? 'read' : 'reads'}${dropped > 0 ? `; .changes leaves out ${dropped}` : ''})`,
    `undo: ${reversible} reversible, ${newId} with a new id, ${partly} partly, ${irreversible} irreversible`,
    String(plan),
  ].join('\n');
}

const signs: Readonly<Record<Step['kind'], string>> = {
  create: '+',
  change: '~',
  destroy: '-',
  same: ' ',
  unreadable: '?',
};

function linesOf(step: Step): readonly string[] {
  const { kind, path, operationId, reversal } = step;
  const note = noteOn(reversal);
  return [`${signs[kind]} ${path} (${operationId})${note}`, ...membersOf(step)];
}

function membersOf(step: Step): readonly string[] {
  switch (step.kind) {
    case 'create':
      return Object.entries(step.members).map(([name, value]) => `    + ${name}: ${text(value)}`);
    case 'change':
      return Object.entries(step.members).map(
        ([name, { old, new: next }]) => `    ~ ${name}: ${text(old)} → ${text(next)}`,
      );
    case 'destroy':
      return Object.entries(step.lost).map(([name, value]) => `    - ${name}: ${text(value)}`);
    case 'unreadable':
      return [`    ${step.why}`];
    case 'same':
      return [];
  }
}

function noteOn(reversal: Reversal): string {
  switch (reversal.kind) {
    case 'reversible':
      return '';
    case 'newId':
      return ' [undone with a new id]';
    case 'partly':
      return ` [undone but for ${reversal.members.join(', ')}]`;
    case 'irreversible':
      return ` [cannot be undone: ${reversal.why}]`;
  }
}

function text(value: unknown): string {
  if (value === undefined) return '(none)';
  const json = JSON.stringify(value);
  return json.length > mostText ? `${json.slice(0, mostText)}…` : json;
}
