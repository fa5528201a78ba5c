// @ts-nocheck
import { keepOriginal } from './answers/originals.js';
import type { Bound } from './bind.js';
import type { OperationFunction, Request } from './call.js';
import { type CallOptions, type Client, own, send } from './client.js';
import { paginate } from './pages/paginate.js';
import { path } from './params/path.js';
import { partsOf, type Row, type RowParts, type Rows } from './rows.js';

/** Gives each operation of a group the client, as `bind` does with its functions. */
export function bindRows<Module>(client: Client, rows: Rows): Bound<Module> {
  const bound = Object.entries(rows).map(([name, row]) => [name, bindRow(client, name, row)]);
  // There is a row for each function of the module, and it says the same.
  return Object.fromEntries(bound) as Bound<Module>;
}

function bindRow(client: Client, name: string, row: Row): OperationFunction {
  if (typeof row === 'function') {
    // An operation takes the client first.
    const method = row.bind(undefined, client as never);
    keepOriginal(method, row);
    return method;
  }
  const { call, pages, ...facts } = typeof row === 'string' ? { call: row } : row;
  let parts: RowParts | undefined;
  return (input?: Readonly<Record<string, unknown>>, options?: CallOptions) => {
    const given = own(input);
    const describe = (): Request => requestOf(name, (parts ??= partsOf(call)), given, facts);
    return pages ? paginate(client, options, pages(), describe) : send(client, options, describe);
  };
}

function requestOf(
  id: string,
  { method, template, query, body }: RowParts,
  input: Readonly<Record<string, unknown>>,
  facts: Partial<Request>,
): Request {
  return {
    id,
    method,
    path: path(template, input),
    ...(query.length > 0 && { query: query.map(([name, key]) => [name, input[key]] as const) }),
    ...(body !== undefined && { body: input[body] }),
    ...facts,
  };
}
