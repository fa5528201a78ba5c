import type { ApiDescription, NamedType, Type } from '../../ir/ir.ts';
import { declarationsOf } from '../../ir/operation.ts';

/** The types that the package of an API declares, by their names. */
export type Declared = ReadonlyMap<string, Declaration>;

export interface Declaration extends NamedType {
  /** The module below `src/`, without extension. */
  readonly home: string;
}

/** A type where it is used: named ones mean what `declared` says. */
export interface Typed {
  readonly type: Type;
  readonly declared: Declared;
  /** Whether it is an interface: it has no implicit index signature, as a type literal has. */
  readonly isInterface: boolean;
}

export function declaredBy({ types, webhooks, groups }: ApiDescription): Declared {
  const found = new Map<string, Declaration>();
  for (const each of types) found.set(each.name, { ...each, home: 'types' });
  for (const { typeName: name, body: type, doc } of webhooks)
    found.set(name, { name, type, doc, home: 'types' });
  for (const { name: home, operations } of groups)
    for (const operation of operations)
      for (const each of declarationsOf(operation)) found.set(each.name, { ...each, home });
  return found;
}

/** What a name stands for, through any number of names. */
export function resolved(typed: Typed): Typed {
  let at = typed;
  const seen = new Set<string>();
  while (at.type.kind === 'named') {
    const { name } = at.type;
    const declaration = at.declared.get(name);
    // A name that stands for itself says nothing.
    if (!declaration || seen.has(name)) return { ...at, type: { kind: 'scalar', name: 'unknown' } };
    seen.add(name);
    const isInterface = declaration.type.kind === 'object';
    at = { type: declaration.type, declared: at.declared, isInterface };
  }
  return at;
}

/** A part of a type. */
export function partOf({ declared }: Typed, type: Type): Typed {
  return { type, declared, isInterface: false };
}
