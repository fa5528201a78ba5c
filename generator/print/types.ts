import type { Doc, Property, Type } from '../ir/ir.ts';
import { docComment } from './doc.ts';
import { flat, isRecord, type TypeNames } from './flat.ts';
import { brokenAlias, brokenIndexSignature, brokenType } from './layout.ts';
import { propertyName } from './text.ts';
import { fits } from './width.ts';

/**
 * A declaration: an interface for an object, else a type alias. Laid out as prettier would
 * (`printWidth` 100, single quotes), so that it changes nothing.
 */
export function declaration(name: string, type: Type, doc: Doc, names: TypeNames): string {
  const comment = docComment(doc, 0, { type });
  if (type.kind === 'object')
    return `${comment}export interface ${name} ${object(type, 0, names)}\n`;
  const head = `export type ${name} = `;
  const line = flat(type, names);
  if (line !== undefined && fits(`${line};`, head.length)) return `${comment}${head}${line};\n`;
  return `${comment}${brokenAlias(name, type, names)}\n`;
}

type ObjectType = Extract<Type, { readonly kind: 'object' }>;

/** An object's members between braces, one a line, each under its comment. */
function object({ properties, rest }: ObjectType, indent: number, names: TypeNames): string {
  if (properties.length === 0 && !rest) return '{}';
  let text = '{\n';
  for (const one of properties) text += property(one, indent + 2, names);
  if (rest) text += `${' '.repeat(indent + 2)}${indexSignature(rest, indent + 2, names)}\n`;
  return `${text}${' '.repeat(indent)}}`;
}

function indexSignature(values: Type, indent: number, names: TypeNames): string {
  const line = flat(values, names);
  const text = `[key: string]: ${line};`;
  return line !== undefined && fits(text, indent)
    ? text
    : brokenIndexSignature(values, indent, names);
}

/** A property of an object type under its comment, with the line break behind it. */
export function property(
  { name, type, required, doc }: Property,
  indent: number,
  names: TypeNames,
  modifier: '' | 'readonly ' = '',
): string {
  const key = `${' '.repeat(indent)}${modifier}${propertyName(name)}${required ? '' : '?'}:`;
  return `${docComment(doc, indent, { type })}${annotated(key, type, indent, names)}\n`;
}

/** A property: what stands up to the colon, and the type. */
function annotated(key: string, type: Type, indent: number, names: TypeNames): string {
  const line = flat(type, names);
  const whole = `${key} ${line};`;
  if (line !== undefined && fits(whole, 0)) return whole;
  const text = braced(type, indent, names) ?? brokenType(type, indent, `${key} `, names);
  return `${key}${text.startsWith('\n') ? '' : ' '}${text};`;
}

/** What has its braces on the property's own line, whatever is in them. */
function braced(type: Type, indent: number, names: TypeNames): string | undefined {
  if (type.kind === 'object') return object(type, indent, names);
  if (type.kind === 'record' && !isRecord(type.values) && flat(type, names) === undefined)
    return object({ kind: 'object', properties: [], rest: type.values }, indent, names);
  const items = type.kind === 'array' ? braced(type.items, indent, names) : undefined;
  return items === undefined ? undefined : `${items}[]`;
}
