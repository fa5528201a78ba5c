import type { Api } from '../generator/ir/ir.ts';
import { defaultServer, defaultUrl, type ServerOption } from '../generator/ir/server.ts';
import { type Expression, string, template } from '../generator/print/expression.ts';
import { quote, templateText } from '../generator/print/text.ts';

/** The default base URL, with the value of each option in its place. */
export function baseUrlExpression(
  api: Api,
  options: readonly ServerOption[],
): Expression | undefined {
  const server = defaultServer(api);
  if (!server) return undefined;
  if (options.length === 0) return string(defaultUrl(server));
  const pieces = server.url.split(/\{([^{}]*)\}/).map((piece, index) => {
    if (index % 2 === 0) return templateText(piece);
    const found = options.find(({ variable }) => variable.name === piece);
    const fallback = server.variables.find(({ name }) => name === piece)?.default ?? '';
    return found ? `\${options.${found.option} ?? ${quote(fallback)}}` : templateText(fallback);
  });
  return template(`\`${pieces.join('')}\``);
}
