// @ts-nocheck
import type { Param } from '../operations/table.js';

/** Options that every call has. */
const taken = new Set(
  [
    'param body set all limit fields output raw dry-run help profile base-url key-command',
    'baseUrl dryRun keyCommand',
  ].flatMap((names) => names.split(' ')),
);

/**
 * The parameters that are options of their own name. What is left has a name that means something
 * else to a command line, and is given as `--param name=value`.
 */
export function optionNames(params: readonly Param[]): ReadonlyMap<string, Param> {
  const byName = new Map<string, Param>();
  for (const param of params) {
    const { key } = param;
    const isPlain = /^[A-Za-z][A-Za-z0-9_]*$/.test(key) && !taken.has(key);
    if (isPlain && !(key in Object.prototype)) byName.set(key, param);
  }
  return byName;
}
