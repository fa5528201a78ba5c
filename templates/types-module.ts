import { printModule } from '../generator/print/code.ts';
import { declaration } from '../generator/print/types.ts';
import { banner, type Template } from './template.ts';

/** `src/types.ts`: the types that have a name of their own, and what the API sends to its user. */
export const typesModule: Template = {
  name: 'types-module',
  files({ api, plan }) {
    const declared = [
      ...api.types,
      ...api.webhooks.map(({ typeName, body, doc }) => ({ name: typeName, type: body, doc })),
    ];
    const text = printModule('types', plan.homes, ({ nameOf }) =>
      declared.map(({ name, type, doc }) => declaration(name, type, doc, nameOf)).join('\n'),
    );
    return [{ path: 'src/types.ts', text: `${banner}${text === '' ? 'export {};\n' : text}` }];
  },
};
