import type { ApiDescription, Operation } from '../../ir/ir.ts';
import { declaredNames } from '../../ir/operation.ts';

/** The operations of the two APIs by the names of the types that they declare. */
export interface Owners {
  readonly old: ReadonlyMap<string, Operation>;
  readonly now: ReadonlyMap<string, Operation>;
}

export function ownersOf({ groups }: ApiDescription): ReadonlyMap<string, Operation> {
  return new Map(
    groups.flatMap(({ operations }) =>
      operations.flatMap((operation) =>
        declaredNames(operation).map((name) => [name, operation] as const),
      ),
    ),
  );
}

interface Owner {
  readonly operation: string | undefined;
  /** JSON pointers to the operation. */
  readonly old: string | undefined;
  readonly now: string | undefined;
}

export function ownerOf(name: string, owners: Owners): Owner {
  const from = owners.old.get(name);
  const to = owners.now.get(name);
  return { operation: (from ?? to)?.id, old: from?.pointer, now: to?.pointer };
}
