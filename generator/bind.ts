import type { Diagnostics } from './diagnostics/diagnostics.ts';
import type { BindOptions, Dialect } from './dialects/dialect.ts';
import type { Api } from './ir/ir.ts';
import { objectOf } from './json/narrow.ts';

/** Tells each operation how it is said inside a batch of that dialect. */
export function bind(
  api: Api,
  document: object,
  dialect: Dialect,
  options: BindOptions,
  diagnostics: Diagnostics,
): Api {
  const bindings = dialect.bind(api, objectOf(document), options, diagnostics);
  if (bindings.size === 0) return api;
  return {
    ...api,
    groups: api.groups.map((group) => ({
      ...group,
      operations: group.operations.map((operation) => {
        const batch = bindings.get(operation);
        return batch ? { ...operation, batch } : operation;
      }),
    })),
  };
}
