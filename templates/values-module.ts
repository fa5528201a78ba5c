import { printModule, type } from '../generator/print/code.ts';
import { conversionHome, conversionOf, valuesName } from '../generator/print/conversion.ts';
import { arrow } from '../generator/print/expression.ts';
import { banner, type Template } from '../generator/template.ts';

/** `src/type-values.ts`: how JSON becomes the dates and long integers of the types that hold some. */
export const valuesModule: Template = {
  name: 'values-module',
  files({ conversions, modules }) {
    if (!conversions || conversions.named.size === 0) return [];
    const printed = printModule({ module: 'type-values', modules }, (file) =>
      [...conversions.named]
        .map(([name, conversion]) => {
          const head = file.code`export const ${valuesName(name)} = (): ${type('Convert', conversionHome)} =>`;
          const made = conversionOf(conversion, file);
          return file.code`/** Converts {@link ${file.nameOf(name)}}. */\n${arrow(head, made)}\n`;
        })
        .join('\n'),
    );
    return [{ path: 'src/type-values.ts', text: banner + printed }];
  },
};
