import type { ApiDescription } from '../../ir/ir.ts';
import { keyOf } from '../../ir/type.ts';
import type { ApiDifference } from '../api/difference.ts';
import { type Assumed, isAssignable } from './assignable.ts';
import { compareConstants } from './constants.ts';
import { type Declaration, type Declared, declaredBy, type Typed } from './declared.ts';
import { explain, type TypeDifference, type Use } from './explain.ts';
import { compareFunctions } from './functions.ts';
import { ownerOf, type Owners, ownersOf } from './owners.ts';
import { type TypeRule, typeRules } from './type-rules.ts';
import { usesOf } from './uses.ts';

/** What changed for code that compiles against the package of an API. */
export function diffTypes(old: ApiDescription, now: ApiDescription): readonly ApiDifference[] {
  const before = declaredBy(old);
  const after = declaredBy(now);
  const owners: Owners = { old: ownersOf(old), now: ownersOf(now) };
  const found: ApiDifference[] = [];
  const say = (rule: TypeRule, name: string, way: readonly string[], text: string): void =>
    void found.push(difference(rule, name, way, text, owners));

  found.push(...compareFunctions(old, now));
  const functions = new Set([...owners.now.values()].map((operation) => operation.name));
  const uses = usesOf(old, before);
  const assumed: Assumed = new Map();
  for (const [name, from] of before) {
    const to = after.get(name);
    if (!to) {
      if (!isOfRemovedFunction(name, owners, functions)) say('type-removed', name, [], 'is gone');
      continue;
    }
    if (from.home !== to.home && !isOfMovedFunction(name, owners))
      say('type-moved', name, [], `is in \`${to.home}\` instead of \`${from.home}\``);
    compareConstants(from, to, (rule, text) => say(rule, name, [], text));
    for (const use of ['input', 'output'] as const)
      if (uses[use].has(name)) compareDeclared(use, from, to, before, after, assumed, say);
  }
  for (const name of after.keys())
    if (!before.has(name) && !owners.now.has(name)) say('type-added', name, [], 'is new');
  return found;
}

type Say = (rule: TypeRule, name: string, way: readonly string[], text: string) => void;

function compareDeclared(
  use: Use,
  old: Declaration,
  now: Declaration,
  before: Declared,
  after: Declared,
  assumed: Assumed,
  say: Say,
): void {
  const from = typedOf(old, before);
  const to = typedOf(now, after);
  if (keyOf(old.type) === keyOf(now.type)) return;
  const found: TypeDifference[] = [];
  explain({ use, assumed, explained: new Set(), say: (each) => found.push(each) }, from, to);
  for (const { rule, way, text } of found) say(rule, old.name, way, text);
  if (found.some(({ rule }) => typeRules[rule].severity === 'breaking')) return;
  // Member by member nothing breaks, and yet the whole may not fit, as a member that holds it does not.
  const fits = use === 'input' ? isAssignable(from, to, assumed) : isAssignable(to, from, assumed);
  if (!fits) say(`${use}-type-changed`, old.name, [], 'has another type');
}

function typedOf({ type }: Declaration, declared: Declared): Typed {
  return { type, declared, isInterface: type.kind === 'object' };
}

function isOfRemovedFunction(
  name: string,
  { old, now }: Owners,
  names: ReadonlySet<string>,
): boolean {
  const owner = old.get(name);
  return owner !== undefined && !now.has(name) && !names.has(owner.name);
}

function isOfMovedFunction(name: string, { old, now }: Owners): boolean {
  return old.has(name) && now.has(name);
}

function difference(
  rule: TypeRule,
  name: string,
  way: readonly string[],
  text: string,
  owners: Owners,
): ApiDifference {
  const { severity } = typeRules[rule];
  const { operation, old, now } = ownerOf(name, owners);
  const place = way.length === 0 ? [`\`${name}\``] : [`\`${name}\``, way.join('.')];
  return { rule, severity, text, place, operation, old, new: now };
}
