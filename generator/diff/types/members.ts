import type { Type } from '../../ir/ir.ts';
import { partOf, resolved, type Typed } from './declared.ts';

/** What an object type holds. */
export interface Members {
  readonly properties: ReadonlyMap<string, Member>;
  /** The type of every other property. */
  readonly rest: Typed | undefined;
  readonly isInterface: boolean;
}

export interface Member {
  readonly required: boolean;
  readonly value: Typed;
}

/** The members of an object type, a record, or an intersection of such; undefined for any other type. */
export function membersOf(typed: Typed): Members | undefined {
  const { type, isInterface } = typed;
  switch (type.kind) {
    case 'record':
      return { properties: new Map(), rest: partOf(typed, type.values), isInterface };
    case 'object':
      return {
        properties: new Map(
          type.properties.map(({ name, required, type: value }) => [
            name,
            { required, value: partOf(typed, value) },
          ]),
        ),
        rest: type.rest && partOf(typed, type.rest),
        isInterface,
      };
    case 'intersection':
      return joined(type.members.map((member) => resolved(partOf(typed, member))));
    case 'scalar':
    case 'literals':
    case 'array':
    case 'tuple':
    case 'stream':
    case 'union':
    case 'named':
      return undefined;
  }
}

function joined(parts: readonly Typed[]): Members | undefined {
  const properties = new Map<string, Member>();
  let rest: Typed | undefined;
  let isInterface = false;
  for (const part of parts) {
    const members = membersOf(part);
    if (!members) return undefined;
    rest ??= members.rest;
    isInterface ||= members.isInterface;
    for (const [name, member] of members.properties) {
      const known = properties.get(name);
      properties.set(name, known ? both(known, member) : member);
    }
  }
  return { properties, rest, isInterface };
}

function both(a: Member, b: Member): Member {
  const members: readonly Type[] = [a.value.type, b.value.type];
  return {
    required: a.required || b.required,
    value: { ...b.value, type: { kind: 'intersection', members }, isInterface: false },
  };
}
