import type { NamedType, Operation, Type } from '../ir/ir.ts';

/**
 * The names of members and parameters that the document gives the format `password`, so that what is
 * printed of a plan hides their values beside those whose names say it.
 */
export function secretMembers(
  operations: readonly Operation[],
  types: readonly NamedType[],
): readonly string[] {
  const named = new Map(types.map(({ name, type }) => [name, type]));
  const found = new Set<string>();
  const seen = new Set<string>();
  const secret = new Map<string, boolean>();

  /** Whether its values, or the items of its lists, are passwords. */
  const isSecret = (type: Type): boolean => {
    switch (type.kind) {
      case 'scalar':
        return type.constraints?.format === 'password';
      case 'array':
      case 'stream':
        return isSecret(type.items);
      case 'tuple':
        return type.items.some(isSecret);
      case 'union':
      case 'intersection':
        return type.members.some(isSecret);
      case 'named': {
        const known = secret.get(type.name);
        if (known !== undefined) return known;
        // A type that refers to itself adds nothing to what else it may be.
        secret.set(type.name, false);
        const target = named.get(type.name);
        const result = target !== undefined && isSecret(target);
        secret.set(type.name, result);
        return result;
      }
      case 'literals':
      case 'record':
      case 'object':
        return false;
    }
  };

  const visit = (type: Type | undefined): void => {
    switch (type?.kind) {
      case 'object':
        for (const property of type.properties) {
          if (isSecret(property.type)) found.add(property.name);
          visit(property.type);
        }
        return visit(type.rest);
      case 'record':
        return visit(type.values);
      case 'array':
      case 'stream':
        return visit(type.items);
      case 'tuple':
        type.items.forEach(visit);
        return visit(type.rest);
      case 'union':
      case 'intersection':
        return type.members.forEach(visit);
      case 'named':
        if (seen.has(type.name)) return;
        seen.add(type.name);
        return visit(named.get(type.name));
      case 'scalar':
      case 'literals':
      case undefined:
        return;
    }
  };

  for (const { body, params } of operations) {
    visit(body?.type);
    for (const { name, type } of params) {
      if (isSecret(type)) found.add(name);
      visit(type);
    }
  }
  return [...found].toSorted();
}
