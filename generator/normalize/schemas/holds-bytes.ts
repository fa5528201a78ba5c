import type { Type } from '../../ir/ir.ts';
import { withParts } from '../../ir/type.ts';
import type { Schemas } from './schema.ts';

const known = new WeakMap<Schemas, Map<string, boolean>>();

/** Whether bytes may stand anywhere in a type. Named types are looked at once. */
export function holdsBytes(type: Type, schemas: Schemas): boolean {
  if (type.kind === 'scalar') return type.name === 'binary';
  if (type.kind !== 'named') {
    let holds = false;
    withParts(type, (part) => {
      holds ||= holdsBytes(part, schemas);
      return part;
    });
    return holds;
  }
  const names = known.get(schemas) ?? new Map<string, boolean>();
  known.set(schemas, names);
  const found = names.get(type.name);
  if (found !== undefined) return found;
  // A type that holds itself has no bytes for that.
  names.set(type.name, false);
  const target = schemas.resolve(type);
  const holds = target.kind !== 'named' && holdsBytes(target, schemas);
  names.set(type.name, holds);
  return holds;
}
