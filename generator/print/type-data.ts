import type { Constraints, Property, Type } from '../ir/ir.ts';
import { withRuleTypes } from '../ir/constraints.ts';

/**
 * A type as data, for what makes or reads values at run time: the type without what is for people, but
 * with the values that the document shows of an object's members (`shown`, each as JSON).
 */
export function typeData(type: Type): object {
  const constraints = 'constraints' in type ? type.constraints : undefined;
  return { ...bareData(type), ...(constraints && { constraints: demandsOf(constraints) }) };
}

function bareData(type: Type): object {
  switch (type.kind) {
    case 'scalar':
      return { kind: type.kind, name: type.name };
    case 'literals':
      return { kind: type.kind, values: type.values };
    case 'array':
    case 'stream':
      return { kind: type.kind, items: typeData(type.items) };
    case 'tuple':
      return {
        kind: type.kind,
        items: type.items.map(typeData),
        ...(type.required !== undefined && { required: type.required }),
        ...(type.rest && { rest: typeData(type.rest) }),
      };
    case 'record':
      return { kind: type.kind, values: typeData(type.values) };
    case 'object':
      return { kind: type.kind, properties: type.properties.map(memberData) };
    case 'union':
    case 'intersection':
      return { kind: type.kind, members: type.members.map(typeData) };
    case 'named':
      return { kind: type.kind, name: type.name };
  }
}

function memberData({ name, type, required, doc }: Property): object {
  const shown = [...(doc.examples ?? []), ...(doc.default === undefined ? [] : [doc.default])];
  return { name, type: typeData(type), required, ...(shown.length > 0 && { shown }) };
}

function demandsOf(constraints: Constraints): Constraints {
  // What stands in rules is data as well: its type is the same, and nothing reads the rest of it.
  return withRuleTypes(constraints, (type) => typeData(type) as Type);
}
