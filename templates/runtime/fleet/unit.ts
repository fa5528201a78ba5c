import type { DialectBase } from '../batch/protocol/protocol.js';

/**
 * What a run belongs to: the values of the scope, in their order; where the dialect has none, what was named.
 *
 * @throws TypeError where one is missing.
 */
export function unitOf({ scope }: DialectBase, submission: object): string {
  const given = new Map<string, unknown>(Object.entries(submission));
  const [first = 'unit', ...more] = scope;
  if (more.length === 0) return textIn(given, first);
  return scope.map((name) => encodeURIComponent(textIn(given, name))).join('/');
}

/** The scope that a unit stands for. */
export function scopeOf({ scope }: DialectBase, unit: string): Readonly<Record<string, string>> {
  const values = scope.length === 1 ? [unit] : unit.split('/').map(decodeURIComponent);
  return Object.fromEntries(scope.map((name, index) => [name, values[index] ?? '']));
}

function textIn(given: ReadonlyMap<string, unknown>, name: string): string {
  const value = given.get(name);
  if (typeof value === 'string' && value !== '') return value;
  throw new TypeError(`${name} is missing`);
}
