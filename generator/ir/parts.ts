import type { Property, Type } from './ir.ts';

/** The type with each of the types that it is made of changed; the same object where none changes. */
export function withDirectParts(type: Type, change: (part: Type) => Type): Type {
  switch (type.kind) {
    case 'object': {
      const properties = mapped(type.properties, (property): Property => {
        const inner = change(property.type);
        return inner === property.type ? property : { ...property, type: inner };
      });
      const rest = type.rest && change(type.rest);
      if (properties === type.properties && rest === type.rest) return type;
      return { ...type, properties, ...(rest && { rest }) };
    }
    case 'array':
    case 'stream': {
      const items = change(type.items);
      return items === type.items ? type : { ...type, items };
    }
    case 'tuple': {
      const items = mapped(type.items, change);
      const rest = type.rest && change(type.rest);
      if (items === type.items && rest === type.rest) return type;
      return { ...type, items, ...(rest && { rest }) };
    }
    case 'record': {
      const values = change(type.values);
      return values === type.values ? type : { ...type, values };
    }
    case 'union':
    case 'intersection': {
      const members = mapped(type.members, change);
      return members === type.members ? type : { ...type, members };
    }
    case 'scalar':
    case 'literals':
    case 'named':
      return type;
  }
}

/** The types that a type is made of; what its rules are made of is none. */
export function partsOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case 'object': {
      const parts = type.properties.map((property) => property.type);
      if (type.rest) parts.push(type.rest);
      return parts;
    }
    case 'array':
    case 'stream':
      return [type.items];
    case 'tuple':
      return type.rest ? [...type.items, type.rest] : type.items;
    case 'record':
      return [type.values];
    case 'union':
    case 'intersection':
      return type.members;
    case 'scalar':
    case 'literals':
    case 'named':
      return noParts;
  }
}

const noParts: readonly Type[] = [];

/** The list with each item changed; the same list where none changes. */
function mapped<Item>(list: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  let changed: Item[] | undefined;
  let index = 0;
  for (const item of list) {
    const after = change(item);
    if (changed) changed.push(after);
    else if (after !== item) changed = [...list.slice(0, index), after];
    index += 1;
  }
  return changed ?? list;
}
