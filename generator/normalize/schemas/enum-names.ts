import type { Doc, EnumMember } from '../../ir/ir.ts';
import { docOf } from '../doc.ts';
import { type JsonObject, listOf, own, textOf } from '../../json/narrow.ts';

/** What the names of an enum's values are called: OpenAPI Generator's and NSwag's extensions. */
const nameKeys = ['x-enum-varnames', 'x-enumNames', 'x-enum-names'];
const descriptionKeys = ['x-enum-descriptions', 'x-enumDescriptions'];

/** The values of an enum by their names; none where not each has a name of its own. */
export function enumMembers(schema: JsonObject): readonly EnumMember[] {
  const values = listOf(own(schema, 'enum'));
  const names = values.length === 0 ? [] : listOfEach(schema, nameKeys, values.length);
  if (names.length === 0) return [];
  const descriptions = listOfEach(schema, descriptionKeys, values.length);
  const isText = own(schema, 'type') === 'string';
  const seen = new Set(['', '__proto__']);
  const members = values.flatMap((value, index): readonly EnumMember[] => {
    const name = names[index] ?? '';
    const isNamed = !seen.has(name);
    seen.add(name);
    if (!isNamed || !(typeof value === 'string' || Number.isFinite(value))) return [];
    return [
      {
        name,
        value: isText || typeof value === 'string' ? String(value) : Number(value),
        description: descriptions[index] ?? '',
      },
    ];
  });
  return members.length === values.length ? members : [];
}

function listOfEach(
  schema: JsonObject,
  keys: readonly string[],
  length: number,
): readonly string[] {
  const list = keys.map((key) => listOf(own(schema, key))).find((found) => found.length === length);
  return (list ?? []).map(textOf);
}

/** What a schema in its place says about itself, the names of its values included. */
export function schemaDoc(schema: JsonObject): Doc {
  const doc = docOf(schema);
  if (!Object.hasOwn(schema, 'enum')) return doc;
  const members = enumMembers(schema);
  if (members.length === 0) return doc;
  const list = members
    .map(({ name, value, description }) =>
      [`- \`${value}\`: ${name}`, ...(description === '' ? [] : [description])].join(', '),
    )
    .join('\n');
  const text = [doc.summary === '' ? '' : doc.description, list].filter(Boolean).join('\n\n');
  return doc.summary === '' ? { ...doc, summary: text } : { ...doc, description: text };
}
