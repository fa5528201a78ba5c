import type { NamedType, Property, Type } from '../generator/ir/ir.ts';
import {
  array,
  type Expression,
  type Member,
  object,
  string,
  text,
} from '../generator/print/expression.ts';
import { literal } from '../generator/print/flat.ts';
import { propertyName } from '../generator/print/text.ts';

/** Gives a value of a type for a reader to replace; undefined where none can be written down. */
export type Example = (type: Type) => Expression | undefined;

/** Beyond this a type most likely contains itself. */
const deepest = 6;

/** Characters that a name or a word may have: longer ones leave no room on a line. */
export const longest = 40;

/** Examples that have what their types demand, and something to see where that is nothing. */
export function examplesWith(types: readonly NamedType[]): Example {
  const byName = new Map(types.map(({ name, type }) => [name, type]));

  function example(type: Type, depth: number): Expression | undefined {
    if (depth > deepest) return undefined;
    switch (type.kind) {
      case 'scalar':
        return scalars[type.name];
      case 'literals': {
        const value = type.values.find((one) => String(one).length <= longest);
        if (value === undefined) return undefined;
        return text(literal(value));
      }
      case 'array': {
        const item = example(type.items, depth + 1);
        return array(item ? [item] : []);
      }
      case 'stream':
        return undefined;
      case 'tuple':
        return whole(type.items, depth, array);
      case 'record':
        return text('{}');
      case 'object':
        return members(type.properties, depth);
      case 'union':
        return first(type.members, (member) => example(member, depth + 1));
      case 'intersection': {
        const parts = type.members.map(resolve);
        const properties = parts.flatMap((part) =>
          part?.kind === 'object' ? part.properties : [],
        );
        return parts.every((part) => part?.kind === 'object')
          ? members(unique(properties), depth)
          : undefined;
      }
      case 'named': {
        const declared = byName.get(type.name);
        return declared && example(declared, depth + 1);
      }
    }
  }

  function members(properties: readonly Property[], depth: number): Expression | undefined {
    const required = properties.filter((property) => property.required);
    const plain = properties.filter(({ type }) => isPlain(resolve(type)));
    const shown = plain.find(({ name }) => name === 'name') ?? plain[0];
    const chosen = required.length > 0 || depth > 0 || !shown ? required : [shown];
    if (chosen.length === 0) return text('{}');
    if (chosen.some(({ name }) => name.length > longest)) return undefined;
    return whole(
      chosen.map(({ type }) => type),
      depth,
      (values) =>
        object(values.map((value, index): Member => [propertyName(chosen[index]!.name), value])),
    );
  }

  /** What `make` makes of an example of each, if each has one. */
  function whole(
    all: readonly Type[],
    depth: number,
    make: (values: readonly Expression[]) => Expression,
  ): Expression | undefined {
    const values = all.flatMap((type) => example(type, depth + 1) ?? []);
    return values.length === all.length ? make(values) : undefined;
  }

  function resolve(type: Type): Type | undefined {
    return type.kind === 'named' ? byName.get(type.name) : type;
  }

  return (type) => example(resolve(type) ?? type, 0);
}

const scalars: Readonly<Record<string, Expression | undefined>> = {
  string: string('…'),
  number: text('1'),
  boolean: text('true'),
  null: text('null'),
  unknown: text('{}'),
  binary: text('new Blob()'),
  void: text('undefined'),
};

function isPlain(type: Type | undefined): boolean {
  if (type?.kind === 'literals') return true;
  return type?.kind === 'scalar' && ['string', 'number', 'boolean'].includes(type.name);
}

function first<T, U>(items: readonly T[], find: (item: T) => U | undefined): U | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** One of each name, one that is required before others. */
function unique(properties: readonly Property[]): readonly Property[] {
  const byName = new Map<string, Property>();
  for (const property of properties) {
    if (!byName.get(property.name)?.required) byName.set(property.name, property);
  }
  return [...byName.values()];
}
