import type { Api, Server, ServerVariable } from '../generator/ir.ts';
import { camelCase, type Names } from '../generator/normalize/names.ts';
import { defaultUrl } from '../generator/normalize/servers.ts';
import { type Expression, string, template } from '../generator/print/expression.ts';
import { quote, templateText } from '../generator/print/text.ts';

/** The base URL that a client has by default; absent where the document names none that is absolute. */
export function baseUrlOf(api: Api): string | undefined {
  const server = defaultServer(api);
  return server && defaultUrl(server);
}

function defaultServer({ servers }: Api): Server | undefined {
  return servers.find((server) => /^https?:\/\/[^{}]+$/.test(defaultUrl(server)));
}

/** A variable of the default server, as an option of the client. */
export interface ServerOption {
  readonly option: string;
  readonly variable: ServerVariable;
}

export function serverOptions(api: Api, names: Names): readonly ServerOption[] {
  const server = defaultServer(api);
  if (!server) return [];
  return server.variables
    .filter(({ name }) => server.url.includes(`{${name}}`))
    .map((variable) => {
      const wanted = (camelCase(variable.name) || 'server').slice(0, 40);
      return { option: names.claim(wanted, `${wanted}Variable`), variable };
    });
}

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
    return found ? `\${options.${found.option} ?? ${quote(found.variable.default)}}` : piece;
  });
  return template(`\`${pieces.join('')}\``);
}
