import { declaredNames } from './operation.ts';
import type { ApiDescription } from './ir.ts';

/** Which module declares what. */
export interface Modules {
  /** By the name of a declared type: its module below `src/`, without extension. */
  readonly homes: ReadonlyMap<string, string>;
}

/** Types of an operation live beside its function, all others in `types`, whoever uses them. */
export function modulesOf({ types, webhooks, groups }: ApiDescription): Modules {
  const homes = new Map<string, string>();
  for (const { name } of types) homes.set(name, 'types');
  for (const { typeName } of webhooks) homes.set(typeName, 'types');
  for (const group of groups) {
    for (const operation of group.operations)
      for (const name of declaredNames(operation)) homes.set(name, group.name);
  }
  return { homes };
}
