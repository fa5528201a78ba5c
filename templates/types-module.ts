import type { NamedType } from '../generator/ir/ir.ts';
import { noDoc } from '../generator/ir/doc.ts';
import { printModule } from '../generator/print/code.ts';
import { docComment } from '../generator/print/doc.ts';
import { expression, member } from '../generator/print/expression.ts';
import { fits } from '../generator/print/layout.ts';
import { propertyName } from '../generator/print/text.ts';
import { declaration } from '../generator/print/types.ts';
import { banner, type Template } from '../generator/template.ts';

/** `src/types.ts`: the types that have a name of their own, and what the API sends to its user. */
export const typesModule: Template = {
  name: 'types-module',
  files(api) {
    const declared: readonly NamedType[] = [
      ...api.types,
      ...api.webhooks.map(({ typeName, body, doc }) => ({ name: typeName, type: body, doc })),
    ];
    const printed = printModule({ module: 'types', modules: api.modules }, (file) =>
      declared
        .map((one) => values(one) + declaration(one.name, one.type, one.doc, file))
        .join('\n'),
    );
    return [{ path: 'src/types.ts', text: banner + (printed || 'export {};\n') }];
  },
};

/** The values of an enum by their names, as an object that is called as the type is. */
function values({ name, doc, members }: NamedType): string {
  if (!members) return '';
  const head = `export const ${name} =`;
  const indent = fits(`${head} {`, 0) ? 0 : 2;
  const space = ' '.repeat(indent);
  const lines = members.map((one) => {
    const comment = docComment({ ...noDoc, summary: one.description }, indent + 2);
    return `${comment}${member(propertyName(one.name), expression(one.value), indent + 2)}\n`;
  });
  const open = indent === 0 ? ' {' : `\n${space}{`;
  return `${docComment(doc, 0)}${head}${open}\n${lines.join('')}${space}} as const;\n\n`;
}
