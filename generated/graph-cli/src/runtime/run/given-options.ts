// @ts-nocheck
import { pairOf } from '../bulk/plan-rows.js';
import type { RunOptions } from './client-batch.js';

/** Further options of a run, as `--option name=value` gives them. */
export function givenOptions({ option = [] }: { readonly option?: readonly string[] }): RunOptions {
  return Object.fromEntries(option.map(optionOf));
}

/** An option of a run: a number or a truth value where it is one. */
function optionOf(pair: string): readonly [name: string, value: string | number | boolean] {
  const [name, text] = pairOf(pair);
  if (text === 'true' || text === 'false') return [name, text === 'true'];
  return [name, /^\d{1,15}$/.test(text) ? Number(text) : text];
}
