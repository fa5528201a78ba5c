import type { Api, Server, ServerVariable } from '../ir/ir.ts';
import { camelCase, type Names } from '../ir/names.ts';
import { defaultUrl } from './operations/servers.ts';
import { type Expression, string, template } from '../print/expression.ts';
import { quote, templateText } from '../print/text.ts';

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

/** The variables that a user would choose: those of the host, and those that have several values. */
export function serverOptions(api: Api, names: Names): readonly ServerOption[] {
  const server = defaultServer(api);
  if (!server) return [];
  const [host = ''] = /^[^/]*\/\/[^/]*/.exec(server.url) ?? [];
  return server.variables
    .filter(
      ({ name, values }) =>
        host.includes(`{${name}}`) || (values.length > 1 && server.url.includes(`{${name}}`)),
    )
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
    const fallback = server.variables.find(({ name }) => name === piece)?.default ?? '';
    return found ? `\${options.${found.option} ?? ${quote(fallback)}}` : templateText(fallback);
  });
  return template(`\`${pieces.join('')}\``);
}
