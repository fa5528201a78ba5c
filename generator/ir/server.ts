import type { Api, Server, ServerVariable } from './ir.ts';
import { camelCase, type Names } from './names.ts';

/** The base URL that a client has by default; absent where the document names none that is absolute. */
export function baseUrlOf(api: Api): string | undefined {
  const server = defaultServer(api);
  return server && defaultUrl(server);
}

/** The first server whose URL is absolute when its variables have their defaults. */
export function defaultServer({ servers }: Api): Server | undefined {
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

/** A server's URL with the default of each variable in its place. */
export function defaultUrl(server: Server): string {
  return server.url.replaceAll(
    /\{([^{}]*)\}/g,
    (whole, name: string) =>
      server.variables.find((variable) => variable.name === name)?.default ?? whole,
  );
}
