// @ts-nocheck
import { own } from '../../own-properties.js';
import { partsOf, type Rows } from '../../rows.js';
import { action } from './action.js';
import { path } from './path.js';
import type { AnyAction } from './types.js';

/** The builders of a group's operations that have a verb in a batch, and those that are functions. */
export function buildRows<Module>(rows: Rows, functions: Partial<Module> = {}): Module {
  const builders = Object.entries(rows).flatMap(([name, row]) => {
    if (typeof row === 'function') return [];
    const { call, id = name } = typeof row === 'string' ? { call: row } : row;
    const { template, body, verb } = partsOf(call);
    if (verb === undefined) return [];
    const build = (input: Readonly<Record<string, unknown>>): AnyAction => {
      const given = own(input);
      return action(id, {
        resource: path(template, given),
        operation: verb,
        body: body === undefined ? undefined : given[body],
      });
    };
    return [[name, build] as const];
  });
  // There is a row for each other builder of the module, and it says the same.
  return { ...Object.fromEntries(builders), ...functions } as Module;
}
