// @ts-nocheck
import type { PlanFile } from '../bulk/plan-file.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import { type Operation, OperationTable } from '../operations/table.js';
import { CommandError } from '../terminal/exit-code.js';

/** A change that is one call. */
export interface CallAction {
  readonly row: number;
  readonly group: string;
  readonly operation: string;
  readonly method: string;
  /** The path of the request, without the query. */
  readonly path: string;
  /** Whether it adds to a collection, so that others may add to it at the same time. */
  readonly adds: boolean;
  readonly input: Readonly<Record<string, unknown>>;
  /** What of the input is the body. */
  readonly body: unknown;
  /** The operation that reads the same path, with the same parameters. */
  readonly reading: Operation | undefined;
  /** Where it is an item of a list: `/items/{id}` of `/items`. */
  readonly item?: Item | undefined;
}

/** A resource in a list. */
export interface Item {
  readonly id: string;
  /** The path of the list. */
  readonly collection: string;
  /** The operation that lists it. */
  readonly listing: Operation;
  /** Members that may hold its id. */
  readonly names: readonly string[];
}

/**
 * The calls of a plan's rows.
 *
 * @throws CommandError for a row that is no change: whoever wrote the file may have written anything.
 */
export async function actionsOf(
  api: GeneratedApi,
  { rows }: Pick<PlanFile, 'rows'>,
): Promise<readonly CallAction[]> {
  const table = new OperationTable(api);
  const index = await table.index();
  const known = new Map<string, Promise<Known | undefined>>();
  const routes = new Set(index.map(({ route }) => route));
  const learn = async (group: string, name: string): Promise<Known | undefined> => {
    const isThere = index.some((each) => each.group === group && each.name === name);
    const operation = isThere ? await table.operation(group, name) : undefined;
    if (!operation) return undefined;
    const { method, route } = operation;
    const reads = index.find((each) => each.method === 'GET' && each.route === route);
    const reading = reads && (await table.operation(reads.group, reads.name));
    const lists = index.find((each) => each.method === 'GET' && each.route === parentOf(route));
    const listing = reading && lists && (await table.operation(lists.group, lists.name));
    return { operation, reading, listing, adds: method === 'POST' && holdsItems(route, routes) };
  };
  const actions: CallAction[] = [];
  for (const { row, group, operation: name, input } of rows) {
    const key = `${group} ${name}`;
    const found = known.get(key) ?? learn(group, name);
    known.set(key, found);
    const { operation, reading, listing, adds } = (await found) ?? {};
    if (!operation || operation.method === 'GET' || operation.method === 'HEAD')
      throw new CommandError(`Row ${row}: ${name} is not an operation that changes something.`);
    const { method, body } = operation;
    const path = pathOf(operation, input, row);
    actions.push({
      row,
      group,
      operation: name,
      method,
      path,
      adds: adds ?? false,
      input,
      body: body && Object.hasOwn(input, body.key) ? input[body.key] : undefined,
      reading,
      item: listing && itemOf(operation, path, listing),
    });
  }
  return actions;
}

interface Known {
  readonly operation: Operation;
  readonly reading: Operation | undefined;
  readonly listing: Operation | undefined;
  readonly adds: boolean;
}

/** The route of the list that a route would be an item of; it ends in a parameter. */
function parentOf(route: string): string | undefined {
  return /^(.+)\/\{[^{}]*\}$/.exec(route)?.[1];
}

function itemOf({ route }: Operation, path: string, listing: Operation): Item {
  const end = path.lastIndexOf('/');
  const placeholder = /\{([^{}]*)\}$/.exec(route)?.[1] ?? 'id';
  return {
    id: decodeURIComponent(path.slice(end + 1)),
    collection: path.slice(0, end),
    listing,
    names: [...new Set([placeholder, 'id'])],
  };
}

/** Whether the API has operations on single items of a path. */
function holdsItems(route: string, routes: ReadonlySet<string>): boolean {
  const start = `${route.replace(/\/$/, '')}/{`;
  for (const each of routes)
    if (each.startsWith(start) && /^[^/]+\}\/?$/.test(each.slice(start.length))) return true;
  return false;
}

function pathOf(
  { route, params, name }: Operation,
  input: Readonly<Record<string, unknown>>,
  row: number,
): string {
  const inPath = params.filter((param) => param.in === 'path');
  return route.replace(/\{([^}]*)\}/g, (_, placeholder: string) => {
    const { key } = inPath.find((param) => param.key === placeholder) ?? {
      key: inPath[placesBefore(route, placeholder)]?.key ?? placeholder,
    };
    const value = Object.hasOwn(input, key) ? input[key] : undefined;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      return encodeURIComponent(String(value));
    throw new CommandError(`Row ${row}: ${name} has no ${key}.`);
  });
}

/** How many placeholders stand before one: the client may have another name for it. */
function placesBefore(route: string, placeholder: string): number {
  return (route.slice(0, route.indexOf(`{${placeholder}}`)).match(/\{/g) ?? []).length;
}
