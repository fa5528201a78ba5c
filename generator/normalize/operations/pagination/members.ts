import type { Property, Type } from '../../../ir/ir.ts';
import type { Schemas } from '../../schemas/schema.ts';

/** More parts than this have no intersections but those that are made to be long. */
const mostParts = 1000;

const known = new WeakMap<Type, ReadonlyMap<string, Property>>();
const none: ReadonlyMap<string, Property> = new Map();

/** The properties of an object, or of all objects that a type is made of at once. */
export function propertiesOf(type: Type, schemas: Schemas): ReadonlyMap<string, Property> {
  const whole = plainOf(type, schemas);
  const before = known.get(whole);
  if (before) return before;
  if (whole.kind !== 'object' && whole.kind !== 'intersection') return none;
  const found = new Map<string, Property>();
  const seen = new Set<Type>([whole]);
  for (const part of seen) {
    if (part.kind === 'object')
      for (const property of part.properties)
        if (!found.has(property.name)) found.set(property.name, property);
    if (part.kind !== 'intersection' || seen.size > mostParts) continue;
    for (const member of part.members) seen.add(plainOf(member, schemas));
  }
  known.set(whole, found);
  return found;
}

/** What a type stands for, without `null` and without no value at all. */
export function plainOf(type: Type, schemas: Schemas): Type {
  const plain = schemas.resolve(type);
  if (plain.kind !== 'union') return plain;
  const some = plain.members.filter(
    (member) => !(member.kind === 'scalar' && (member.name === 'void' || member.name === 'null')),
  );
  const [only] = some;
  return some.length === 1 && only ? schemas.resolve(only) : plain;
}

/** Of what kind a member is: what may hold a cursor, what may count, what says yes or no. */
export type Sort = 'text' | 'date' | 'number' | 'flag' | 'list' | 'other';

export function sortOf(type: Type, schemas: Schemas): Sort {
  const plain = plainOf(type, schemas);
  switch (plain.kind) {
    case 'scalar':
      if (plain.name === 'string')
        return /^(date|date-time|time|datetime|timestamp)$/.test(plain.constraints?.format ?? '')
          ? 'date'
          : 'text';
      if (plain.name === 'number' || plain.name === 'bigint') return 'number';
      if (plain.name === 'date' || plain.name === 'instant') return 'date';
      return plain.name === 'boolean' ? 'flag' : 'other';
    case 'union': {
      const sorts = new Set(plain.members.map((member) => sortOf(member, schemas)));
      // `integer | string` is written for numbers that travel as text.
      for (const sort of ['date', 'number', 'text'] as const) if (sorts.has(sort)) return sort;
      return 'other';
    }
    case 'array':
    case 'tuple':
      return 'list';
    case 'literals':
      return plain.values.every((value) => typeof value === 'boolean') ? 'flag' : 'other';
    case 'object':
    case 'record':
    case 'intersection':
    case 'stream':
    case 'named':
      return 'other';
  }
}

/** A name without its case and punctuation: `page[number]`, `$pageNumber` and `page_number` are one. */
export function bare(name: string): string {
  const known = bareNames.get(name);
  if (known !== undefined) return known;
  const plain = name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
  bareNames.set(name, plain);
  return plain;
}

/** A document has few names, and uses each many times. */
const bareNames = new Map<string, string>();
