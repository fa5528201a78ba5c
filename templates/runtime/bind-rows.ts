import { type Bound, bind } from './bind.js';
import type { OperationFunction, Request } from './call.js';
import { type CallOptions, type Client, own, send } from './client.js';
import { paginate } from './pages/paginate.js';
import { path } from './params/path.js';
import { type Facts, readRows, type Row, type Rows } from './rows.js';

const bound = new WeakMap<Client, Map<Rows, unknown>>();

/** Gives each operation of a group the client, as `bind` does with its functions: once, on first use. */
export function bindRows<Module>(client: Client, rows: Rows): Bound<Module> {
  const groups = bound.get(client) ?? new Map<Rows, unknown>();
  bound.set(client, groups);
  const methods = groups.get(rows) ?? methodsOf(client, rows);
  groups.set(rows, methods);
  // There is a row or a function for each function of the module, and it says the same.
  return methods as Bound<Module>;
}

function methodsOf(client: Client, rows: Rows): unknown {
  const methods = [...readRows(rows)].map(([name, row]) => [name, methodOf(client, row)] as const);
  return { ...Object.fromEntries(methods), ...bind(client, rows.functions ?? {}) };
}

function methodOf(client: Client, { facts, ...row }: Row): OperationFunction {
  const { pages } = facts;
  return (input?: Readonly<Record<string, unknown>>, options?: CallOptions) => {
    const given = own(input);
    const describe = (): Request => requestOf(row, given, facts);
    return pages ? paginate(client, options, pages(), describe) : send(client, options, describe);
  };
}

function requestOf(
  { id, method, template, query, body }: Omit<Row, 'facts'>,
  input: Readonly<Record<string, unknown>>,
  facts: Facts,
): Request {
  // What is absent is as good as undefined, and copying objects costs more.
  return {
    id,
    method,
    path: path(template, input),
    query: query.length > 0 ? query.map(([name, key]) => [name, input[key]] as const) : undefined,
    body: body === undefined ? undefined : input[body],
    answers: facts.answers,
    anonymous: facts.anonymous,
    security: facts.security,
  };
}
