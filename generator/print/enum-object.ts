import { docOfText } from '../ir/doc.ts';
import type { NamedType } from '../ir/ir.ts';
import { docComment } from './doc.ts';
import { expression, member } from './expression.ts';
import { fits } from './width.ts';
import { propertyName } from './text.ts';

/**
 * The values of an enum by their names, as an object that is called as the type is, with an empty
 * line behind it; nothing where the values have no names.
 */
export function enumObject({ name, doc, members }: NamedType): string {
  if (!members) return '';
  const head = `export const ${name} =`;
  const indent = fits(`${head} {`, 0) ? 0 : 2;
  const space = ' '.repeat(indent);
  const lines = members.map((one) => {
    const comment = docComment(docOfText(one.description), indent + 2);
    return `${comment}${member(propertyName(one.name), expression(one.value), indent + 2)}\n`;
  });
  const open = indent === 0 ? ' {' : `\n${space}{`;
  return `${docComment(doc, 0)}${head}${open}\n${lines.join('')}${space}} as const;\n\n`;
}
