import type { Literal, Type } from '../../../ir/ir.ts';
import type { Declared } from '../declared.ts';
import { membersOf } from '../members.ts';

/** How many declared types one writes out: a type may hold itself. */
const mostNames = 3;

/** Expressions that write a value of a type in as many ways as bring in each of its members and literals. */
export function writing(
  type: Type,
  declared: Declared,
  open: readonly string[] = [],
): readonly string[] {
  switch (type.kind) {
    case 'scalar':
      return [scalar(type.name)];
    case 'literals':
      return type.values.map(literal);
    case 'named':
      return open.includes(type.name) || open.length >= mostNames
        ? [`null! as O_${type.name}`]
        : writing(declared.get(type.name)?.type ?? type, declared, [...open, type.name]);
    case 'union':
      return type.members.flatMap((member) => writing(member, declared, open));
    case 'stream':
      // Nobody writes a stream by hand; as a whole it is tried anyway.
      return [];
    case 'array':
      return [`[${writing(type.items, declared, open).join(', ')}]`];
    case 'tuple':
      return [
        `[${[...type.items, ...(type.rest ? [type.rest] : [])].map((item) => first(item, declared, open)).join(', ')}]`,
      ];
    case 'record':
    case 'object':
    case 'intersection':
      return objects(type, declared, open);
  }
}

function objects(type: Type, declared: Declared, open: readonly string[]): readonly string[] {
  const members = membersOf({ type, declared, isInterface: false });
  // What cannot be written out is written as a whole, which is tried as well.
  if (!members) return [];
  const properties = [...members.properties].map(([name, { required, value }]) => ({
    name,
    required,
    texts: writing(value.type, declared, open),
  }));
  if (members.rest)
    properties.push({
      name: 'anyOther',
      required: false,
      texts: writing(members.rest.type, declared, open),
    });
  const usable = properties.filter(({ texts }) => texts.length > 0);
  const least = properties.filter(({ required, texts }) => required && texts.length > 0);
  const count = Math.max(1, ...usable.map(({ texts }) => texts.length));
  const whole = Array.from({ length: count }, (_, index) =>
    braced(usable.map(({ name, texts }) => [name, texts[Math.min(index, texts.length - 1)] ?? ''])),
  );
  const bare = braced(least.map(({ name, texts }) => [name, texts[0] ?? '']));
  return [...whole, bare];
}

function braced(members: readonly (readonly [string, string])[]): string {
  return `{ ${members.map(([name, text]) => `${quoted(name)}: ${text}`).join(', ')} }`;
}

function first(type: Type, declared: Declared, open: readonly string[]): string {
  return writing(type, declared, open)[0] ?? 'null! as never';
}

function scalar(name: string): string {
  switch (name) {
    case 'null':
      return 'null';
    case 'void':
      return 'undefined';
    case 'binary':
      return 'null! as Blob';
    default:
      return `null! as ${name}`;
  }
}

function literal(value: Literal): string {
  return typeof value === 'string' ? quoted(value) : String(value);
}

export function quoted(text: string): string {
  // JSON allows two line separators that JavaScript escapes.
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
