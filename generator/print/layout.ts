import type { Property, Type } from '../ir/ir.ts';
import {
  align,
  type Breakable,
  group,
  hardline,
  ifBreak,
  indent,
  indentIfBreak,
  join,
  line,
  printBreakable,
  softline,
} from './breakable.ts';
import { docCommentLines } from './doc.ts';
import {
  flat,
  isRecord,
  literal,
  type TypeNames,
  needsParens,
  tagOf,
  type Within,
  openMembers,
} from './flat.ts';
import { propertyName } from './text.ts';
import { fits } from './width.ts';

/** Where a type stands, which decides what happens when it does not fit. */
type Place = 'annotation' | 'alias' | 'argument' | 'item' | Within;

/**
 * The text of a type that takes several lines. What is here are prettier's rules for the types of
 * TypeScript, so that it changes nothing.
 * @param indentation Spaces before the line on which the type begins.
 * @param head That line up to the type.
 * @returns Text that begins with a line break where the type moves to lines of its own.
 */
export function brokenType(
  type: Type,
  indentation: number,
  head: string,
  names: TypeNames,
): string {
  if (isPlainChoice(type)) return choice(type.values, indentation);
  const doc = typeDoc(type, 'annotation', indentation, names);
  const text = printBreakable(align(indentation, [head, group(doc), ';']));
  // Where the type moves to the next line, nothing is left behind the colon.
  return text.slice(text.startsWith(head) ? head.length : head.length - 1, -1);
}

type Literals = Extract<Type, { readonly kind: 'literals' }>;

/** Most types that are broken are lists of values, and need no search for where to break. */
function isPlainChoice(type: Type): type is Literals {
  return type.kind === 'literals' && type.values.length > 1;
}

/** Values below the line on which their type begins: on one line, else each on its own. */
function choice(values: Literals['values'], indentation: number): string {
  const space = ' '.repeat(indentation + 2);
  const texts = values.map(literal);
  const line = `${space}${texts.join(' | ')}`;
  return fits(`${line};`, 0) ? `\n${line}` : texts.map((text) => `\n${space}| ${text}`).join('');
}

/** `[key: string]: …;` */
export function brokenIndexSignature(values: Type, indentation: number, names: TypeNames): string {
  const doc = indexSignature(values, indentation, names);
  return printBreakable(align(indentation, ['x'.repeat(indentation), doc, ';'])).slice(indentation);
}

/** `export type A = …;` */
export function brokenAlias(name: string, type: Type, names: TypeNames): string {
  const head = `export type ${name} =`;
  if (isPlainChoice(type)) return `${head}${choice(type.values, 0)};`;
  const doc = typeDoc(type, 'alias', 0, names);
  const members = alternatives(type);
  if (members && !isHugged(members))
    return printBreakable([group([head, group(indent([line, doc]))]), ';']);
  const gap = group(indent(line));
  return printBreakable([group([head, gap, indentIfBreak(doc, gap)]), ';']);
}

/** @param indentation As far as it is known before; comments are wrapped by it. */
function typeDoc(type: Type, place: Place, indentation: number, names: TypeNames): Breakable {
  const within =
    place === 'union' || place === 'intersection' || place === 'array' ? place : undefined;
  const parens = needsParens(type, within);
  const doc = bareDoc(type, place, parens, indentation, names);
  return parens ? ['(', doc, ')'] : doc;
}

function bareDoc(
  type: Type,
  place: Place,
  parens: boolean,
  indentation: number,
  names: TypeNames,
): Breakable {
  switch (type.kind) {
    case 'scalar':
      return flat(type, names, place === 'union' ? 'union' : undefined) ?? '';
    case 'named':
      return names.nameOf(type.name);
    case 'literals':
    case 'union':
      return union(alternatives(type) ?? [type], place, parens, indentation, names);
    case 'intersection':
      return intersection(type.members, indentation, names);
    case 'array':
      return [typeDoc(type.items, 'array', indentation, names), '[]'];
    case 'stream':
      // Its items have a name.
      return flat(type, names) ?? '';
    case 'tuple':
      return tuple(type, indentation, names);
    case 'record':
      return record(type.values, indentation, names);
    case 'object':
      return object(type, indentation, names);
  }
}

/** What stands between the bars of a type; undefined where it has none. */
function alternatives(type: Type): readonly Type[] | undefined {
  if (type.kind === 'union')
    return openMembers(type.members).flatMap((member) => alternatives(member) ?? [member]);
  if (type.kind !== 'literals' || type.values.length < 2) return undefined;
  return type.values.map((value) => ({ kind: 'literals', values: [value] }));
}

/** An object or a name beside nothing but `null` stays on its line. */
function isHugged(members: readonly Type[]): boolean {
  const found = members.find(
    (member) =>
      ['object', 'record', 'named'].includes(member.kind) ||
      (member.kind === 'scalar' && member.name === 'binary'),
  );
  return (
    found !== undefined &&
    members.every(
      (member) => member === found || (member.kind === 'scalar' && member.name === 'null'),
    )
  );
}

function union(
  members: readonly Type[],
  place: Place,
  parens: boolean,
  indentation: number,
  names: TypeNames,
): Breakable {
  const [only] = members;
  if (members.length === 1 && only?.kind === 'literals') return only.values.map(literal).join();
  if (isHugged(members)) {
    const docs = members.map((member) => typeDoc(member, 'union', indentation, names));
    return join(' | ', docs);
  }
  const inner = indentation + (place === 'argument' && !parens ? 2 : 4);
  const code = group(
    members.map((member, index) => [
      index === 0 ? ifBreak('| ') : [line, '| '],
      align(2, typeDoc(member, 'union', inner, names)),
    ]),
  );
  if (parens) return group([indent([softline, code]), softline]);
  if (place === 'item')
    return group([indent([ifBreak(['(', softline]), code]), softline, ifBreak(')')]);
  return place === 'annotation' ? group(indent([softline, code])) : code;
}

function intersection(members: readonly Type[], indentation: number, names: TypeNames): Breakable {
  let indented = false;
  const parts = members.map((member, index): Breakable => {
    const doc = (inner: number): Breakable =>
      tag(member, names) ?? typeDoc(member, 'intersection', inner, names);
    if (index === 0) return doc(indentation);
    const isObject = isBraced(member);
    const wasObject = isBraced(members[index - 1]);
    if (isObject && wasObject)
      return [' & ', indented ? indent(doc(indentation + 2)) : doc(indentation)];
    if (!isObject && !wasObject) return indent([' &', line, doc(indentation + 2)]);
    indented ||= index > 1;
    return [' & ', index > 1 ? indent(doc(indentation + 2)) : doc(indentation)];
  });
  return group(parts);
}

/** Whether a type is written between braces. */
function isBraced(type: Type | undefined): boolean {
  return type?.kind === 'object' || (type?.kind === 'record' && !isRecord(type.values));
}

/** `{ kind: 'cat' }`, which stays on its line where it can. */
function tag(type: Type, names: TypeNames): Breakable | undefined {
  const property = tagOf(type);
  if (!property) return undefined;
  const values = typeDoc(property.type, 'annotation', 0, names);
  const key = `${propertyName(property.name)}: `;
  return group(['{', indent([line, group([key, values]), ifBreak(';')]), line, '}']);
}

function tuple(
  { items, rest, required = items.length }: TupleType,
  indentation: number,
  names: TypeNames,
): Breakable {
  const place = items.length + (rest ? 1 : 0) > 1 ? 'item' : 'argument';
  const inner = indentation + 2;
  const docs: Breakable[] = items.map((item, index) => {
    const doc = typeDoc(item, place, inner, names);
    if (index < required) return group(doc);
    return needsParens(item, 'array') ? group(['(', doc, ')?']) : group([doc, '?']);
  });
  if (rest) docs.push(group(['...', typeDoc({ kind: 'array', items: rest }, place, inner, names)]));
  return group(['[', indent([softline, join([',', line], docs), ifBreak(',')]), softline, ']']);
}

type TupleType = Extract<Type, { readonly kind: 'tuple' }>;

function record(values: Type, indentation: number, names: TypeNames): Breakable {
  if (!isRecord(values)) {
    const member = indexSignature(values, indentation + 2, names);
    const shouldBreak = flat(values, names) === undefined;
    return group(['{', indent([line, member, ifBreak(';')]), line, '}'], shouldBreak);
  }
  const doc = typeDoc(values, 'argument', indentation + 2, names);
  return group([
    `${names.global('Record')}<`,
    indent([softline, 'string,', line, doc]),
    softline,
    '>',
  ]);
}

function indexSignature(values: Type, indentation: number, names: TypeNames): Breakable {
  const key = group([indent([softline, 'key: string']), softline]);
  return group(['[', key, ']: ', typeDoc(values, 'annotation', indentation, names)]);
}

type ObjectType = Extract<Type, { readonly kind: 'object' }>;

function object(
  { properties, rest }: ObjectType,
  indentation: number,
  names: TypeNames,
): Breakable {
  if (properties.length === 0 && !rest) return '{}';
  const members: Breakable[] = properties.map((property) =>
    member(property, indentation + 2, names),
  );
  if (rest) members.push(indexSignature(rest, indentation + 2, names));
  const lines = members.flatMap((doc) => [hardline, doc, ';']);
  return group(['{', indent(lines), hardline, '}']);
}

function member(
  { name, type, required, doc }: Property,
  indentation: number,
  names: TypeNames,
): Breakable {
  return [
    ...docCommentLines(doc, indentation, { type }).flatMap((text) => [text, hardline]),
    `${propertyName(name)}${required ? '' : '?'}: `,
    typeDoc(type, 'annotation', indentation, names),
  ];
}
