import type { Diagnostics } from '../../diagnostics/diagnostics.ts';
import type { Server, ServerVariable } from '../../ir/ir.ts';
import { defaultUrl } from '../../ir/server.ts';
import {
  isObject,
  type JsonObject,
  listOf,
  objectOf,
  own,
  sortedEntries,
  textOf,
} from '../../json/narrow.ts';

/** Base URLs; an API that names none lives where its document does, which only its user can say. */
export function readServers(document: JsonObject): readonly Server[] {
  return listOf(own(document, 'servers')).map(serverOf);
}

function serverOf(value: unknown): Server {
  const server = objectOf(value);
  const url = textOf(own(server, 'url'));
  const declared = sortedEntries(own(server, 'variables')).map(([name, variable]) =>
    variableOf(name, objectOf(variable)),
  );
  const known = new Set(declared.map(({ name }) => name));
  const named = [...url.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  const undeclared = [...new Set(named)].filter((name) => !known.has(name));
  return {
    url,
    description: textOf(own(server, 'description')),
    variables: [...declared, ...undeclared.map((name) => variableOf(name, {}))],
  };
}

function variableOf(name: string, variable: JsonObject): ServerVariable {
  const fallback = own(variable, 'default');
  return {
    name,
    description: textOf(own(variable, 'description')),
    ...(fallback === undefined ? {} : { default: textOf(fallback) }),
    values: listOf(own(variable, 'enum')).map(textOf),
  };
}

/**
 * The server of an operation that does not live where the API does: the first that can be used as
 * it stands. One that the API has too is no other: the client's base URL goes for it.
 */
export function operationServer(
  { operation, item, pointer, itemPointer }: OperationPlace,
  servers: readonly Server[],
  diagnostics: Diagnostics,
): Server | undefined {
  const holder = own(operation, 'servers') === undefined ? item : operation;
  const given = listOf(own(holder, 'servers'));
  if (given.length === 0) return undefined;
  const declared = given.filter(isObject).map(serverOf);
  if (declared.length === 0) return undefined;
  const common = new Set(servers.map(({ url }) => url));
  if (declared.some(({ url }) => common.has(url))) return undefined;
  const usable = declared.find((server) =>
    /^(https?:\/\/|(?![a-z][\w+.-]*:))[^{}]*$/i.test(defaultUrl(server)),
  );
  if (!usable)
    diagnostics.warning(
      'operation/unusable-server',
      'No server of this operation has an http(s) URL in which each variable has a default; the base URL of the API is used.',
      {
        pointer: `${holder === item ? itemPointer : pointer}/servers`,
        hint: 'Give each variable a `default`.',
      },
    );
  return usable;
}

interface OperationPlace {
  readonly operation: JsonObject;
  readonly item: JsonObject;
  readonly pointer: string;
  readonly itemPointer: string;
}
