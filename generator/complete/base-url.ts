import type { BaseUrl, VariableOption } from '../ir/api.ts';
import type { ApiDescription, Server } from '../ir/ir.ts';
import { camelCase, type Names } from '../ir/names.ts';
import { defaultUrl } from '../ir/server.ts';

/**
 * The base URL that a client has by default; absent where the document names none that is absolute.
 * A variable without a default stands in it as `{name}`.
 */
export function baseUrlOf(
  api: ApiDescription,
  options: readonly VariableOption[],
): BaseUrl | undefined {
  const server = defaultServer(api);
  if (!server) return undefined;
  const pieces = server.url.split(/\{([^{}]*)\}/).map((piece, index) => {
    if (index % 2 === 0) return piece;
    const option = options.find(({ variable }) => variable.name === piece);
    return option ?? server.variables.find(({ name }) => name === piece)?.default ?? '';
  });
  return { default: defaultUrl(server), parts: pieces.filter((piece) => piece !== '') };
}

/** The first server whose URL is absolute when its variables have their defaults, best without others. */
function defaultServer({ servers }: ApiDescription): Server | undefined {
  return (
    servers.find((server) => /^https?:\/\/[^{}]+$/.test(defaultUrl(server))) ??
    servers.find((server) => /^https?:\/\/./.test(defaultUrl(server)))
  );
}

/** The variables that a user would choose: those of the host, of several values, or without a default, as an empty one is none. */
export function variablesOf(api: ApiDescription, names: Names): readonly VariableOption[] {
  const server = defaultServer(api);
  if (!server) return [];
  const [host = ''] = /^[^/]*\/\/[^/]*/.exec(server.url) ?? [];
  return server.variables
    .filter(
      ({ name, values, default: fallback }) =>
        host.includes(`{${name}}`) ||
        ((values.length > 1 || !fallback) && server.url.includes(`{${name}}`)),
    )
    .map((variable) => {
      const wanted = (camelCase(variable.name) || 'server').slice(0, 40);
      return { option: names.claim(wanted, `${wanted}Variable`), variable };
    });
}
