// @ts-nocheck
import { isObject, own } from '../action/members.js';
import type { Reversal, ReversalCounts } from '../effects/types.js';
import type { Plan } from '../plan/units.js';
import type { Step } from './types.js';

/** Characters of a value at most, where it stands by itself and where two stand side by side. */
const most = { alone: 56, beside: 28 };
/** Names and values are aligned up to so many characters. */
const mostAligned = 28;

interface Facts {
  readonly steps: readonly Step[];
  readonly reversals: ReversalCounts;
  readonly dropped: number;
  readonly reads: number;
}

/** A plan as people know it: a line for each resource, one for each member that changes, and counts at the end. */
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
    ...shown.flatMap((step) => [...linesOf(step), '']),
    String(plan),
    '',
    `Read: ${reads} ${reads === 1 ? 'answer' : 'answers'}${dropped > 0 ? `; .changes leaves out ${dropped}` : ''}`,
    `Undo: ${reversible} reversible, ${newId} with a new id, ${partly} partly, ${irreversible} irreversible`,
    `Plan: ${sums.join(', ')}`,
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
  return [
    `${signs[kind]} ${path} (${operationId})`,
    ...(note === undefined ? [] : [`    # ${note}`]),
    ...membersOf(step),
  ];
}

function membersOf(step: Step): readonly string[] {
  switch (step.kind) {
    case 'create':
      return valuesOf('+', step.members);
    case 'change':
      return changesOf(step.members);
    case 'destroy':
      return valuesOf('-', step.lost);
    case 'unreadable':
      return [`    ${step.why}`];
    case 'same':
      return [];
  }
}

function valuesOf(sign: string, members: Readonly<Record<string, unknown>>): readonly string[] {
  const width = widthOf(Object.keys(members));
  return Object.entries(members).map(
    ([name, value]) =>
      `    ${sign} ${`${name}:`.padEnd(width + 1)} ${cut(text(value), most.alone)}`,
  );
}

function changesOf(
  members: Readonly<Record<string, { readonly old: unknown; readonly new: unknown }>>,
): readonly string[] {
  const rows = Object.entries(members)
    .flatMap(([name, { old, new: next }]) => differences(name, old, next))
    .map(([name, old, next]) => [name, ...beside(text(old), text(next))] as const);
  const [names, olds] = [widthOf(rows.map(([name]) => name)), widthOf(rows.map(([, old]) => old))];
  return rows.map(
    ([name, old, next]) => `    ~ ${`${name}:`.padEnd(names + 1)} ${old.padEnd(olds)} → ${next}`,
  );
}

type Difference = readonly [name: string, old: unknown, next: unknown];

/** Of objects, the members that differ: `dhcp.lease`. */
function differences(name: string, old: unknown, next: unknown): readonly Difference[] {
  if (!isObject(old) || !isObject(next)) return [[name, old, next]];
  const names = [...new Set([...Object.keys(old), ...Object.keys(next)])];
  const inner = names.flatMap((one): readonly Difference[] => {
    const [a, b] = [own(old, one), own(next, one)];
    return text(a) === text(b) ? [] : differences(`${name}.${one}`, a, b);
  });
  return inner.length > 0 ? inner : [[name, old, next]];
}

function noteOn(reversal: Reversal): string | undefined {
  switch (reversal.kind) {
    case 'reversible':
      return undefined;
    case 'newId':
      return 'undone with a new id';
    case 'partly':
      return `undone but for ${reversal.members.join(', ')}`;
    case 'irreversible':
      return `cannot be undone: ${reversal.why}`;
  }
}

function text(value: unknown): string {
  return value === undefined ? '(none)' : JSON.stringify(value);
}

function cut(json: string, length: number): string {
  return json.length > length ? `${json.slice(0, length - 1)}…` : json;
}

/** Two values that are cut where they can be told from each other. */
function beside(old: string, next: string): readonly [old: string, next: string] {
  const length = most.beside;
  if (old.length <= length && next.length <= length) return [old, next];
  let same = 0;
  while (same < old.length && old[same] === next[same]) same += 1;
  // A few characters of what is the same show where one is.
  const from = same < length / 2 ? 0 : same - 6;
  const rest = (json: string): string => (from === 0 ? json : `…${json.slice(from)}`);
  return [cut(rest(old), length), cut(rest(next), length)];
}

function widthOf(texts: readonly string[]): number {
  return Math.min(mostAligned, Math.max(0, ...texts.map(({ length }) => length)));
}
