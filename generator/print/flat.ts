import type { Literal, Property, Scalar, Type } from '../ir/ir.ts';
import { propertyName, quote } from './text.ts';

/** What types are called in the file that is being printed. */
export interface TypeNames {
  /** The name of a declared type. */
  nameOf(name: string): string;
  /** The name of a global: `Record`, or `globalThis.Record` where the file declares one of its own. */
  global(name: string): string;
  /** The name of the run-time's type of a stream. */
  itemStream(): string;
  /** The name of the run-time's type of an instant. */
  instant(): string;
}

/** The globals that the printing kit and the templates use. */
export const globals: readonly string[] = [
  'Blob',
  'BufferSource',
  'Date',
  'JSON',
  'Map',
  'Number',
  'Omit',
  'Promise',
  'ReadableStream',
  'Record',
  'RegExp',
  'crypto',
];

const bytes = { binary: 'Blob', buffer: 'BufferSource', stream: 'ReadableStream' } as const;

const scalars: Readonly<Record<Exclude<Scalar, keyof typeof bytes | 'date' | 'instant'>, string>> =
  {
    string: 'string',
    bigint: 'bigint',
    number: 'number',
    boolean: 'boolean',
    null: 'null',
    unknown: 'unknown',
    never: 'never',
    void: 'void',
  };

/** Where a type stands in another, as far as that matters to its text. */
export type Within = 'union' | 'intersection' | 'array';

/** The type on one line; undefined where it holds an object with members, which takes several. */
export function flat(type: Type, names: TypeNames, within?: Within): string | undefined {
  const text = bare(type, names, within);
  return text !== undefined && needsParens(type, within) ? `(${text})` : text;
}

function bare(type: Type, names: TypeNames, within: Within | undefined): string | undefined {
  switch (type.kind) {
    case 'scalar':
      // Beside other values it is a value, too: `void` is for a function that gives nothing else.
      if (type.name === 'void' && within === 'union') return 'undefined';
      if (type.name === 'date') return names.global('Date');
      if (type.name === 'instant') return names.instant();
      return type.name === 'binary' || type.name === 'buffer' || type.name === 'stream'
        ? names.global(bytes[type.name])
        : scalars[type.name];
    case 'named':
      return names.nameOf(type.name);
    case 'literals':
      return type.values.map(literal).join(' | ');
    case 'union':
      return joined(openMembers(type.members), ' | ', (member) => flat(member, names, 'union'));
    case 'intersection':
      return joined(
        type.members,
        ' & ',
        (member) => tagText(member) ?? flat(member, names, 'intersection'),
      );
    case 'array': {
      const items = flat(type.items, names, 'array');
      return items === undefined ? undefined : `${items}[]`;
    }
    case 'stream': {
      const items = flat(type.items, names);
      return items === undefined ? undefined : `${names.itemStream()}<${items}>`;
    }
    case 'tuple': {
      const { required = type.items.length } = type;
      const items = joined(type.items.slice(0, required), ', ', (item) => flat(item, names));
      const more = joined(type.items.slice(required), ', ', (item) => {
        const text = flat(item, names, 'array');
        return text === undefined ? undefined : `${text}?`;
      });
      const rest = type.rest && flat({ kind: 'array', items: type.rest }, names);
      if (items === undefined || more === undefined || (type.rest && rest === undefined))
        return undefined;
      return `[${[items, more, ...(rest === undefined ? [] : [`...${rest}`])].filter(Boolean).join(', ')}]`;
    }
    case 'record': {
      const values = flat(type.values, names);
      if (values === undefined) return undefined;
      return isRecord(type.values)
        ? `${names.global('Record')}<string, ${values}>`
        : `{ [key: string]: ${values} }`;
    }
    case 'object':
      return type.properties.length === 0 && !type.rest ? '{}' : undefined;
  }
}

/**
 * The members of a union. Beside known texts any text is written `string & {}`: TypeScript would
 * make all of them `string`, and an editor could propose none.
 */
export function openMembers(members: readonly Type[]): readonly Type[] {
  const hasTexts = members.some(
    (member) =>
      member.kind === 'literals' && member.values.some((value) => typeof value === 'string'),
  );
  return hasTexts
    ? members.map((member) =>
        member.kind === 'scalar' && member.name === 'string'
          ? { kind: 'intersection', members: [member, { kind: 'object', properties: [] }] }
          : member,
      )
    : members;
}

function joined(
  types: readonly Type[],
  separator: string,
  textOf: (type: Type) => string | undefined,
): string | undefined {
  const texts: string[] = [];
  for (const type of types) {
    const text = textOf(type);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts.join(separator);
}

/** Whether a type within another stands in parentheses. */
export function needsParens(type: Type, within: Within | undefined): boolean {
  if (within === undefined) return false;
  switch (type.kind) {
    case 'intersection':
      return within !== 'intersection';
    case 'union':
      return within !== 'union';
    case 'literals':
      return type.values.length > 1 && within !== 'union';
    case 'scalar':
    case 'named':
    case 'array':
    case 'stream':
    case 'tuple':
    case 'record':
    case 'object':
      return false;
  }
}

/** Whether `Record` says it: an alias may hold itself behind an index signature, but not as its argument. */
export function isRecord(values: Type): boolean {
  switch (values.kind) {
    case 'named':
    case 'stream':
    case 'tuple':
      return false;
    case 'array':
      return isRecord(values.items);
    case 'record':
      return isRecord(values.values);
    case 'union':
    case 'intersection':
      return values.members.every(isRecord);
    case 'object':
      return values.properties.length === 0 && !values.rest;
    case 'scalar':
    case 'literals':
      return true;
  }
}

/** The one property of what marks a member of a discriminated union: `{ kind: 'cat' }`. */
export function tagOf(type: Type): (Property & { readonly type: LiteralsType }) | undefined {
  if (type.kind !== 'object' || type.rest || type.properties.length !== 1) return undefined;
  const [property] = type.properties;
  if (!property?.required || property.doc.summary !== '') return undefined;
  const { type: values } = property;
  return values.kind === 'literals' ? { ...property, type: values } : undefined;
}

export type LiteralsType = Extract<Type, { readonly kind: 'literals' }>;

function tagText(type: Type): string | undefined {
  const tag = tagOf(type);
  return tag && `{ ${propertyName(tag.name)}: ${tag.type.values.map(literal).join(' | ')} }`;
}

/** A value as prettier writes it. */
export function literal(value: Literal): string {
  return typeof value === 'string' ? quote(value) : String(value).replace('e+', 'e');
}
