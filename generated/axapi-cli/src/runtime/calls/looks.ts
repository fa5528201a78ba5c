// @ts-nocheck
import { type Client, loadCall } from '../call/client-module.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { Param } from '../operations/table.js';
import { isObject } from '../output/select-fields.js';
import type { CallAction } from './call-action.js';
import { Places } from './places.js';

type Members = Readonly<Record<string, unknown>>;

/** Siblings that are changed, and how their list is read. */
interface Siblings {
  readonly ids: Set<string>;
  /** By id; undefined where the list tells nothing of them. */
  rows?: Promise<ReadonlyMap<string, Members> | undefined>;
}

interface Listing {
  pages(): AsyncIterable<{ readonly items: readonly unknown[] }>;
}

/** Reads at the same time. */
const concurrency = 4;

/**
 * What calls would change, as it is now. Where several rows change resources of one list, the list is read; a
 * resource that it does not show with all that is sent is read by its own path.
 */
export class Looks {
  readonly #api: GeneratedApi;
  readonly #client: Client;
  readonly #places = new Places(concurrency, undefined);
  readonly #known = new Map<string, Promise<unknown>>();
  readonly #siblings = new Map<string, Siblings>();

  constructor(api: GeneratedApi, client: Client, actions: readonly CallAction[]) {
    this.#api = api;
    this.#client = client;
    for (const { item, adds } of actions) {
      if (!item || adds) continue;
      const siblings = this.#siblings.get(item.collection) ?? { ids: new Set() };
      this.#siblings.set(item.collection, siblings);
      siblings.ids.add(item.id);
    }
  }

  /** What is at the path of a call; it rejects as the request that reads it does. */
  async at(action: CallAction): Promise<unknown> {
    const row = await this.#listed(action);
    if (row && Object.keys(membersOf(action.body)).every((name) => Object.hasOwn(row, name)))
      return row;
    const known = this.#known.get(action.path) ?? this.#alone(action);
    this.#known.set(action.path, known);
    return known;
  }

  async #listed(action: CallAction): Promise<Members | undefined> {
    const { item } = action;
    const siblings = item && this.#siblings.get(item.collection);
    if (!siblings || siblings.ids.size < 2) return undefined;
    siblings.rows ??= this.#list(action, siblings.ids);
    return (await siblings.rows)?.get(item.id);
  }

  /** What a list shows of some resources; it asks for no more pages than there are resources. */
  async #list(
    { item, input }: CallAction,
    ids: ReadonlySet<string>,
  ): Promise<ReadonlyMap<string, Members> | undefined> {
    const { listing, names } = item ?? { names: [] };
    if (!listing?.params.every((param) => isGiven(param, input))) return undefined;
    const call = await loadCall(this.#api, listing.group, listing.name);
    const given = inPath(listing.params, input);
    const leave = await this.#places.enter();
    try {
      const answer = call(this.#client, ...(listing.params.length > 0 ? [given] : []));
      if (!listing.paged) return byId(rowsIn(await answer), ids, names);
      const rows: Members[] = [];
      const open = names.map((name) => ({ name, ids: new Set(ids) }));
      let pages = 0;
      // It comes in pages, as the table says.
      for await (const { items } of (answer as unknown as Listing).pages()) {
        const page = rowsIn(items);
        for (const row of page) {
          rows.push(row);
          for (const each of open) each.ids.delete(idIn(row, each.name) ?? '');
        }
        pages += 1;
        if (pages === ids.size || open.some((each) => each.ids.size === 0)) break;
      }
      return byId(rows, ids, names);
    } catch {
      // Each is read by itself, which says what is wrong.
      return undefined;
    } finally {
      leave();
    }
  }

  /** The query and the headers of a call are its own: of its input only the path is read by. */
  async #alone({ reading, input }: CallAction): Promise<unknown> {
    if (!reading) throw new Error('the API has no operation that shows it');
    const needed = reading.params.find((param) => param.required && param.in !== 'path');
    if (needed) throw new Error(`${reading.name} needs ${needed.key}`);
    const call = await loadCall(this.#api, reading.group, reading.name);
    const leave = await this.#places.enter();
    try {
      const { params } = reading;
      return await call(this.#client, ...(params.length > 0 ? [inPath(params, input)] : []));
    } finally {
      leave();
    }
  }
}

/** Whether a list can be read: by what stands in the path of the change, and nothing else. */
function isGiven({ key, in: place, required }: Param, input: Members): boolean {
  return place === 'path' ? Object.hasOwn(input, key) : !required;
}

function inPath(params: readonly Param[], input: Members): Members {
  const own = params.filter((param) => param.in === 'path');
  return Object.fromEntries(own.map(({ key }) => [key, input[key]]));
}

function membersOf(body: unknown): Members {
  return isObject(body) ? body : {};
}

/** The objects of a list: the answer itself, or the only list in it. */
function rowsIn(value: unknown): readonly Members[] {
  const lists = isObject(value) ? Object.values(value).filter(Array.isArray) : [value];
  const [list] = lists;
  return lists.length === 1 && Array.isArray(list) && list.every(isObject) ? list : [];
}

/** Rows by the first of some members that names each row, and one of the ids. */
function byId(
  rows: readonly Members[],
  ids: ReadonlySet<string>,
  names: readonly string[],
): ReadonlyMap<string, Members> | undefined {
  for (const name of names) {
    const named = new Map<string, Members>();
    for (const row of rows) {
      const id = idIn(row, name);
      if (id !== undefined) named.set(id, row);
    }
    if (named.size !== rows.length) continue;
    const found = new Map([...named].filter(([id]) => ids.has(id)));
    if (found.size > 0) return found;
  }
  return undefined;
}

function idIn(row: Members, name: string): string | undefined {
  const value = Object.hasOwn(row, name) ? row[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
