import type { NamedType } from '../generator/ir/ir.ts';
import { printModule } from '../generator/print/code.ts';
import { enumObject } from '../generator/print/enum-object.ts';
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
    const printed = printModule({ module: 'types', modules: api.modules }, (file) => {
      let text = '';
      for (const one of declared) {
        const space = text === '' ? '' : '\n';
        text += space + enumObject(one) + declaration(one.name, one.type, one.doc, file);
      }
      return text;
    });
    return [{ path: 'src/types.ts', text: banner + (printed || 'export {};\n') }];
  },
};
