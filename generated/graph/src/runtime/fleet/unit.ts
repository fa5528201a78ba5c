// @ts-nocheck
import type { DialectBase } from '../batch/protocol/protocol.js';
import { scopeFor } from '../batch/run/start.js';

/**
 * What a run belongs to: the values of the scope, in their order; where the dialect has none, what was named.
 *
 * @throws TypeError where one is missing.
 */
export function unitOf({ scope }: DialectBase, submission: object): string {
  const names = scope.length === 0 ? ['unit'] : scope;
  const values = Object.values(scopeFor({ dialect: { scope: names } }, submission));
  return values.length === 1 ? values.join('') : values.map(encodeURIComponent).join('/');
}

/** The scope that a unit stands for. */
export function scopeOf({ scope }: DialectBase, unit: string): Readonly<Record<string, string>> {
  const values = scope.length === 1 ? [unit] : unit.split('/').map(decodeURIComponent);
  return Object.fromEntries(scope.map((name, index) => [name, values[index] ?? '']));
}
