import type { Diagnostics } from './diagnostics/diagnostics.ts';
import type { BindOptions, Dialect } from './dialects/dialect.ts';
import type { ApiDescription } from './ir/ir.ts';
import { objectOf } from './json/narrow.ts';

/** Tells each operation how it is said inside a batch of that dialect. */
export function bind(
  api: ApiDescription,
  document: object,
  dialect: Dialect,
  options: BindOptions,
  diagnostics: Diagnostics,
): ApiDescription {
  const bindings = dialect.bind(api, objectOf(document), options, diagnostics);
  if (bindings.size === 0) return api;
  return {
    ...api,
    groups: api.groups.map((group) => ({
      ...group,
      operations: group.operations.map((operation) => {
        const batch = bindings.get(operation);
        if (!batch) return operation;
        const members = dialect.wire(operation, batch, options);
        return { ...operation, batch: { ...batch, members } };
      }),
    })),
  };
}
