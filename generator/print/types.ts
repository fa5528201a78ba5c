import type { Doc, Property, Scalar, Type } from '../ir.ts';
import { docComment } from './doc.ts';
import { propertyName, quote, WIDTH } from './text.ts';

/** Gives the text under which a declared type is known in the file that is being printed. */
export type NameOf = (name: string) => string;

const scalars: Readonly<Record<Scalar, string>> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
  unknown: 'unknown',
  never: 'never',
  binary: 'Blob',
  void: 'void',
};

const pad = (indent: number): string => ' '.repeat(indent);

/**
 * A declaration: an interface for an object, else a type alias. Laid out as prettier would
 * (`printWidth` 100, single quotes), so that it changes nothing.
 */
export function declaration(name: string, type: Type, doc: Doc, nameOf: NameOf): string {
  const comment = docComment(doc, 0);
  if (type.kind === 'object')
    return `${comment}export interface ${name} ${object(type, 0, nameOf)}\n`;
  const head = `export type ${name} =`;
  const text = typeText(type, 0, head.length + 1, 1, nameOf);
  if (text.startsWith('\n')) return `${comment}${head}${text};\n`;
  const first = text.indexOf('\n') < 0 ? text.length + 1 : text.indexOf('\n');
  const fits = head.length + 1 + first <= WIDTH;
  if (fits || (type.kind !== 'intersection' && text.includes('\n')))
    return `${comment}${head} ${text};\n`;
  return `${comment}${head}\n  ${typeText(type, 2, 2, 1, nameOf).trimStart()};\n`;
}

/**
 * The text of a type.
 * @param indent Spaces before the line on which the type begins.
 * @param column Where in that line it begins; `suffix` is what must fit behind it.
 * @returns Text that begins with a line break where the type moves to lines of its own.
 */
export function typeText(
  type: Type,
  indent: number,
  column: number,
  suffix: number,
  nameOf: NameOf,
): string {
  const line = flat(type, nameOf);
  if (line !== undefined && column + line.length + suffix <= WIDTH) return line;
  return broken(type, indent, line, nameOf);
}

function broken(type: Type, indent: number, line: string | undefined, nameOf: NameOf): string {
  switch (type.kind) {
    case 'scalar':
    case 'named':
      return line ?? '';
    case 'literals':
      return type.values.length < 2
        ? (line ?? '')
        : `\n${moved(line, type, indent + 2, 1, nameOf)}`;
    case 'union':
      return (
        hugged(type.members, indent, nameOf) ?? `\n${moved(line, type, indent + 2, 1, nameOf)}`
      );
    case 'array':
      return `${element(type.items, indent, nameOf)}[]`;
    case 'tuple': {
      const items = [...type.items, ...(type.rest ? [type.rest] : [])].map((item, index) => {
        const spread = index === type.items.length ? '...' : '';
        const text = spread
          ? typeText({ kind: 'array', items: item }, indent + 2, indent + 5, 1, nameOf)
          : typeText(item, indent + 2, indent + 2, 1, nameOf);
        return `${pad(indent + 2)}${spread}${text.trimStart()},\n`;
      });
      return `[\n${items.join('')}${pad(indent)}]`;
    }
    case 'record':
      return object({ kind: 'object', properties: [], rest: type.values }, indent, nameOf);
    case 'object':
      return object(type, indent, nameOf);
    case 'intersection':
      return intersection(type.members, indent, nameOf);
  }
}

/** The type on one line; undefined where it holds an object with members, which takes several. */
export function flat(type: Type, nameOf: NameOf): string | undefined {
  switch (type.kind) {
    case 'scalar':
      return scalars[type.name];
    case 'named':
      return nameOf(type.name);
    case 'literals':
      return type.values.map(literal).join(' | ');
    case 'union':
      return joined(type.members, ' | ', nameOf);
    case 'intersection':
      return joined(type.members, ' & ', nameOf);
    case 'array': {
      const items = flatWithin(type.items, nameOf);
      return items === undefined ? undefined : `${items}[]`;
    }
    case 'tuple': {
      const items = type.items.map((item) => flat(item, nameOf));
      if (type.rest) {
        const rest = flat({ kind: 'array', items: type.rest }, nameOf);
        items.push(rest === undefined ? undefined : `...${rest}`);
      }
      return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
    }
    case 'record': {
      const values = flat(type.values, nameOf);
      if (values === undefined) return undefined;
      return plain(type.values) ? `Record<string, ${values}>` : `{ [key: string]: ${values} }`;
    }
    case 'object':
      return type.properties.length === 0 && !type.rest ? '{}' : undefined;
  }
}

/** An alias may hold itself behind an index signature, but not as an argument of `Record`. */
function plain(type: Type): boolean {
  if (type.kind === 'named') return false;
  if (type.kind === 'array') return plain(type.items);
  if (type.kind === 'record') return plain(type.values);
  if (type.kind === 'union' || type.kind === 'intersection') return type.members.every(plain);
  return type.kind !== 'tuple';
}

function joined(members: readonly Type[], separator: string, nameOf: NameOf): string | undefined {
  const texts: string[] = [];
  for (const member of members) {
    const text = tag(member, separator) ?? flatWithin(member, nameOf, separator === ' | ');
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts.join(separator);
}

/** `{ kind: 'cat' }`: what marks a member of a discriminated union stays on the line. */
function tag(type: Type, separator: string): string | undefined {
  if (separator !== ' & ' || type.kind !== 'object' || type.rest || type.properties.length !== 1)
    return undefined;
  const [property] = type.properties;
  if (!property?.required || property.doc.summary !== '' || property.type.kind !== 'literals')
    return undefined;
  return `{ ${propertyName(property.name)}: ${property.type.values.map(literal).join(' | ')} }`;
}

function flatWithin(type: Type, nameOf: NameOf, inUnion = false): string | undefined {
  const text = flat(type, nameOf);
  return text !== undefined && needsParens(type, inUnion) ? `(${text})` : text;
}

function needsParens(type: Type, inUnion: boolean): boolean {
  if (type.kind === 'intersection') return true;
  if (type.kind === 'union') return !inUnion;
  return type.kind === 'literals' && type.values.length > 1 && !inUnion;
}

function literal(value: string | number | boolean | null): string {
  return typeof value === 'string' ? quote(value) : String(value);
}

/** An object beside nothing but `null` keeps its braces on the line. */
function hugged(members: readonly Type[], indent: number, nameOf: NameOf): string | undefined {
  const objects = members.filter((member) => member.kind === 'object');
  const nulls = members.filter(
    (member) => member.kind === 'scalar' && (member.name === 'null' || member.name === 'void'),
  );
  const [first] = objects;
  if (!first || objects.length !== 1 || nulls.length !== members.length - 1) return undefined;
  return members
    .map((member) =>
      member === first ? object(first, indent, nameOf) : (flat(member, nameOf) ?? ''),
    )
    .join(' | ');
}

/** A union that has left its line: whole on the next where it fits there, else a member a line. */
function moved(
  line: string | undefined,
  type: Type,
  indent: number,
  suffix: number,
  nameOf: NameOf,
): string {
  if (line !== undefined && indent + line.length + suffix <= WIDTH) return pad(indent) + line;
  return alternatives(type, indent, suffix, nameOf);
}

/** A union's members, one a line. */
function alternatives(type: Type, indent: number, suffix: number, nameOf: NameOf): string {
  const members = type.kind === 'union' ? type.members.flatMap(apart) : apart(type);
  return members
    .map((member, index) => {
      const behind = index === members.length - 1 ? suffix : 0;
      return `${pad(indent)}| ${alternative(member, indent + 2, behind, nameOf)}`;
    })
    .join('\n');
}

function apart(type: Type): readonly Type[] {
  if (type.kind !== 'literals') return [type];
  return type.values.map((value) => ({ kind: 'literals', values: [value] }));
}

function alternative(member: Type, indent: number, suffix: number, nameOf: NameOf): string {
  const line = flatWithin(member, nameOf, true);
  if (line !== undefined && indent + line.length + suffix <= WIDTH) return line;
  if (member.kind !== 'intersection') return broken(member, indent, line, nameOf);
  return `(${intersection(member.members, indent, nameOf)})`;
}

/** What stands before `[]`. */
function element(type: Type, indent: number, nameOf: NameOf): string {
  if (!needsParens(type, false)) return broken(type, indent, flat(type, nameOf), nameOf);
  const hug = type.kind === 'union' ? hugged(type.members, indent, nameOf) : undefined;
  if (hug !== undefined) return `(${hug})`;
  if (type.kind === 'intersection') return `(${intersection(type.members, indent, nameOf)})`;
  return `(\n${moved(flat(type, nameOf), type, indent + 2, 0, nameOf)}\n${pad(indent)})`;
}

/** Objects stand last: `A & {` keeps the brace on the line, further members take one each. */
function intersection(members: readonly Type[], indent: number, nameOf: NameOf): string {
  const single = members.length === 2;
  return members
    .map((member, index) => {
      const inner = index === 0 || (single && member.kind === 'object') ? indent : indent + 2;
      const line = (single ? undefined : tag(member, ' & ')) ?? flatWithin(member, nameOf);
      const text =
        line !== undefined
          ? line
          : member.kind === 'object'
            ? object(member, inner, nameOf)
            : element(member, inner, nameOf);
      if (index === 0) return text;
      const previous = members[index - 1];
      return member.kind === 'object' && previous?.kind !== 'object'
        ? ` & ${text}`
        : ` &\n${pad(indent + 2)}${text}`;
    })
    .join('');
}

type ObjectType = Extract<Type, { readonly kind: 'object' }>;

/** An object's members between braces, one a line, each under its comment. */
export function object(type: ObjectType, indent: number, nameOf: NameOf): string {
  if (type.properties.length === 0 && !type.rest) return '{}';
  const inner = pad(indent + 2);
  let text = '{\n';
  for (const property of type.properties) text += member(property, indent + 2, nameOf);
  if (type.rest) text += `${inner}[key: string]${annotation(type.rest, indent + 2, 13, nameOf)};\n`;
  return `${text}${pad(indent)}}`;
}

function member(property: Property, indent: number, nameOf: NameOf): string {
  const name = `${propertyName(property.name)}${property.required ? '' : '?'}`;
  return `${docComment(property.doc, indent)}${pad(indent)}${name}${annotation(property.type, indent, name.length, nameOf)};\n`;
}

function annotation(type: Type, indent: number, name: number, nameOf: NameOf): string {
  const text = typeText(type, indent, indent + name + 2, 1, nameOf);
  return text.startsWith('\n') ? `:${text}` : `: ${text}`;
}
