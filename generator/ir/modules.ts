import type { Api } from './ir.ts';

/** Which module declares what. */
export interface Plan {
  /** By the name of a type: its module below `src/`, without extension. */
  readonly homes: ReadonlyMap<string, string>;
}

/** Types of an operation live beside its function, all others in `types`, whoever uses them. */
export function plan(api: Api): Plan {
  const homes = new Map<string, string>();
  for (const { name } of api.types) homes.set(name, 'types');
  for (const { typeName } of api.webhooks) homes.set(typeName, 'types');
  for (const { name, operations } of api.groups) {
    for (const { typeName, body, pagination } of operations) {
      homes.set(`${typeName}Input`, name);
      homes.set(`${typeName}Response`, name);
      if (body) homes.set(`${typeName}Body`, name);
      if (pagination) homes.set(`${typeName}Item`, name);
    }
  }
  return { homes };
}
