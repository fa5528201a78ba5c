import type { Type } from '../../ir/ir.ts';
import type { Schemas } from './schema.ts';
import { unite, unknown } from '../../ir/type.ts';

const deepest = 20;

/**
 * What of a type can be sent as the fields of a form: its objects. `null`, text and so on are left
 * out; where no object is left, it is any.
 */
export function fieldsOf(type: Type, schemas: Schemas): Type {
  return objectsOf(type, schemas, 0) ?? { kind: 'record', values: unknown };
}

function objectsOf(type: Type, schemas: Schemas, depth: number): Type | undefined {
  switch (type.kind) {
    case 'object':
    case 'record':
      return type;
    case 'named': {
      if (depth > deepest) return undefined;
      const target = schemas.resolve(type);
      const objects = objectsOf(target, schemas, depth + 1);
      return objects === target ? type : objects;
    }
    case 'union': {
      const found = type.members.map((member) => objectsOf(member, schemas, depth));
      if (found.every((member, index) => member === type.members[index])) return type;
      const objects = found.filter((member) => member !== undefined);
      return objects.length === 0 ? undefined : unite(objects);
    }
    case 'intersection':
      return type.members.some((member) => objectsOf(member, schemas, depth) === member)
        ? type
        : undefined;
    case 'scalar':
    case 'literals':
    case 'array':
    case 'stream':
    case 'tuple':
      return undefined;
  }
}
