import { own } from '../../own-properties.js';
import { readRows, type Rows } from '../../rows.js';
import { action } from './action.js';
import { path } from './path.js';
import type { AnyAction } from './types.js';

/** The builders of a group's operations that have a verb in a batch, and those that are functions. */
export function buildRows<Module>(rows: Rows, functions: Partial<Module> = {}): Module {
  const builders = [...readRows(rows)].flatMap(([name, { id, template, body, verb }]) => {
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
