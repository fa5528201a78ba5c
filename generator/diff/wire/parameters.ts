import { child, type Node } from '../node.ts';
import type { Operation } from '../operations.ts';
import { type Conjunction, conjunctionOf, values } from '../schema/conjunction.ts';
import { compareStability } from '../stability.ts';
import { isSanctioned } from '../sunset.ts';
import { at, compareDeprecated, compareTexts, say, type Walk } from './walk.ts';
import { compareContent, compareStyle } from './written.ts';
import type { Direction } from '../schema/severity.ts';

/** Compares the parameters of two operations. Those of the path are found by their position. */
export function compareParameters(
  walk: Walk,
  direction: Direction,
  old: Operation,
  now: Operation,
): void {
  const before = old.parameters();
  const after = byOldNames(old, now);
  for (const [key, from] of before) {
    const to = after.get(key);
    if (to) compareParameter(at(walk, titleOf(key)), direction, from, to);
    else reportGone(walk, key, from, before, after, now.node);
  }
  for (const [key, to] of after) {
    if (before.has(key) || movedFrom(key, before, after)) continue;
    reportNew(at(walk, titleOf(key)), to, old.node);
  }
}

/** The parameters of the new operation, those of its path under the names that the old one gave them. */
function byOldNames(old: Operation, now: Operation): ReadonlyMap<string, Node> {
  const before = namesIn(old.path);
  const after = namesIn(now.path);
  const parameters = now.parameters();
  if (before.length !== after.length) return parameters;
  const renamed = new Map(after.map((name, index) => [`path ${name}`, `path ${before[index]}`]));
  return new Map([...parameters].map(([key, node]) => [renamed.get(key) ?? key, node]));
}

function namesIn(path: string): readonly string[] {
  return [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? '');
}

function titleOf(key: string): string {
  const [place, ...name] = key.split(' ');
  return `${place} parameter \`${name.join(' ')}\``;
}

function nameOf(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}

/** The place where a parameter of the same name was that is there no more. */
function movedFrom(
  key: string,
  before: ReadonlyMap<string, Node>,
  after: ReadonlyMap<string, Node>,
): string | undefined {
  return ['path', 'query', 'querystring', 'header', 'cookie']
    .map((place) => `${place} ${nameOf(key)}`)
    .find((other) => other !== key && before.has(other) && !after.has(other));
}

function reportGone(
  walk: Walk,
  key: string,
  from: Node,
  before: ReadonlyMap<string, Node>,
  after: ReadonlyMap<string, Node>,
  now: Node,
): void {
  const where = at(walk, titleOf(key));
  const moved = [...after].find(
    ([other]) => movedFrom(other, before, after) === key && !before.has(other),
  );
  if (moved) {
    const text = `is in the ${moved[0].split(' ')[0]} now`;
    say(where, 'parameter-moved', text, from, moved[1]);
  } else if (isSanctioned(from)) {
    say(where, 'deprecated-parameter-removed', 'is gone; it was deprecated', from, now);
  } else {
    say(where, 'parameter-removed', 'is gone', from, now);
  }
}

function reportNew(where: Walk, to: Node, old: Node): void {
  if (!isRequired(to)) say(where, 'parameter-added', 'is new', old, to);
  else if (hasDefault(to))
    say(where, 'defaulted-parameter-added', 'is new and required, with a default', old, to);
  else say(where, 'required-parameter-added', 'is new and required', old, to);
}

function compareParameter(walk: Walk, direction: Direction, old: Node, now: Node): void {
  if (old === now) return;
  compareTexts(walk, ['description', 'example', 'examples'], old, now);
  compareDeprecated(walk, old, now);
  compareStability(walk, old, now);
  if (isRequired(now) && !isRequired(old)) {
    const rule = hasDefault(now) ? 'defaulted-parameter-required' : 'parameter-required';
    say(walk, rule, 'is required', old, now);
  }
  if (isRequired(old) && !isRequired(now)) say(walk, 'parameter-optional', 'is optional', old, now);
  compareStyle(walk, 'parameter-style-changed', old, now);
  compareFlags(walk, old, now);
  compareContent(walk, direction, 'parameter-content-changed', old, now);
}

function isRequired(parameter: Node): boolean {
  return child(parameter, 'in')?.value === 'path' || child(parameter, 'required')?.value === true;
}

function hasDefault(parameter: Node): boolean {
  const schema = schemaOf(parameter);
  return schema !== undefined && values(schema, 'default').length > 0;
}

function schemaOf(parameter: Node): Conjunction | undefined {
  const schema = child(parameter, 'schema');
  return schema && conjunctionOf(schema);
}

/** Compares what may stand in a query as it is. */
function compareFlags(walk: Walk, old: Node, now: Node): void {
  if (child(old, 'in')?.value !== 'query') return;
  const flag = (node: Node, name: string) => child(node, name)?.value === true;
  if (flag(old, 'allowReserved') !== flag(now, 'allowReserved')) {
    if (flag(old, 'allowReserved'))
      say(walk, 'parameter-reserved-forbidden', 'must have reserved characters encoded', old, now);
    else say(walk, 'parameter-reserved-allowed', 'may have reserved characters', old, now);
  }
  if (flag(old, 'allowEmptyValue') !== flag(now, 'allowEmptyValue')) {
    if (flag(old, 'allowEmptyValue'))
      say(walk, 'parameter-empty-forbidden', 'may no longer be empty', old, now);
    else say(walk, 'parameter-empty-allowed', 'may be empty', old, now);
  }
}
