import type { Pagination, Paging, Property, Type } from '../../ir/ir.ts';
import type { ReadOperation } from './operation.ts';
import type { Schemas } from '../schemas/schema.ts';
import { unknown } from '../../ir/type.ts';

/** What only a person can know of an operation's pages. */
export interface PaginationOverride {
  /** Which way the listing runs by nature: `prev` where the first page holds the newest. */
  readonly direction?: 'next' | 'prev' | undefined;
  /** Where the items are in the body; `[]` where the body is the list. */
  readonly items?: readonly string[] | undefined;
  readonly paging?: Paging | undefined;
}

/** Pagination, and the type of a page's body where the document declares a single item. */
export interface Detected {
  readonly pagination: Pagination;
  readonly body: Type;
}

/** Tells whether an operation is a listing that comes in pages, and how the next one is found. */
export function detectPagination(
  read: ReadOperation,
  schemas: Schemas,
  override: PaginationOverride | false | undefined,
): Detected | undefined {
  const { operation } = read;
  if (override === false || !['json', 'any'].includes(operation.result.reading)) return undefined;
  if (operation.method !== 'GET' && !override) return undefined;
  const body = schemas.resolve(withoutNothing(operation.result.type, schemas));
  const paging = override?.paging ?? pagingOf(read, body, schemas, override);
  if (!paging) return undefined;
  const list = override?.items ? at(body, override.items, schemas) : itemsOf(body, schemas);
  if (list) {
    const path = override?.items ?? list.path;
    return {
      pagination: { paging, itemType: list.type, ...(path.length > 0 ? { items: path } : {}) },
      body: operation.result.type,
    };
  }
  if (paging.kind !== 'link') return undefined;
  return {
    pagination: { paging, itemType: operation.result.type },
    body: { kind: 'array', items: operation.result.type },
  };
}

function withoutNothing(type: Type, schemas: Schemas): Type {
  const plain = schemas.resolve(type);
  if (plain.kind !== 'union') return type;
  const some = plain.members.filter(
    (member) => !(member.kind === 'scalar' && (member.name === 'void' || member.name === 'null')),
  );
  const [only] = some;
  return some.length === 1 && only ? only : plain;
}

const cursorParams = [
  'cursor',
  'pageToken',
  'page_token',
  'nextToken',
  'next_token',
  'NextToken',
  'next_cursor',
  'nextCursor',
  'continuationToken',
  'continuation_token',
  'pagination_token',
  'nextPageToken',
  'next_page_token',
  'starting_after',
  'start_cursor',
  'after',
  'marker',
  'page_cursor',
  'scroll_id',
];
const cursorNames = [
  'next_cursor',
  'nextCursor',
  'nextPageToken',
  'next_page_token',
  'nextToken',
  'next_token',
  'NextToken',
  'continuationToken',
  'continuation_token',
  'next_marker',
  'nextMarker',
  'NextMarker',
  'scroll_id',
  'pagination_token',
];
const urlNames = [
  '@odata.nextLink',
  '@nextLink',
  'nextLink',
  'next_url',
  'nextUrl',
  'next_page_url',
  'nextPageUrl',
  'next_page_uri',
  'next_href',
  'next',
];
const wrappers = [
  '',
  'meta',
  'pagination',
  'paging',
  'page',
  'page_info',
  'pageInfo',
  'links',
  '_links',
  'response_metadata',
  'cursor',
  'cursors',
  'metadata',
];
const limitNames = [
  'limit',
  'per_page',
  'perPage',
  'page_size',
  'pageSize',
  'pagesize',
  'size',
  'count',
  'max_results',
  'maxResults',
];

function pagingOf(
  { operation: { params }, responseHeaders }: ReadOperation,
  body: Type,
  schemas: Schemas,
  override: PaginationOverride | undefined,
): Paging | undefined {
  const queried = new Set(params.flatMap((param) => (param.in === 'query' ? [param.name] : [])));
  const inQuery = (names: readonly string[]): string | undefined =>
    names.find((name) => queried.has(name));
  const tokens = queried.has('startingAfter') && queried.has('endingBefore');
  if (responseHeaders.includes('link') || tokens)
    return { kind: 'link', direction: override?.direction ?? 'next' };
  const param = inQuery(cursorParams);
  const cursor = param === undefined ? undefined : find(body, cursorNames, schemas, isText);
  if (param !== undefined && cursor) return { kind: 'cursor', param, cursor };
  const url = find(body, urlNames, schemas, isText);
  if (url && (url.at(-1) !== 'next' || queried.size > 0)) return { kind: 'url', url };
  const limitParam = inQuery(limitNames);
  const total = find(
    body,
    ['total', 'total_count', 'totalCount', 'total_results', 'totalResults'],
    schemas,
    isNumber,
  );
  const offset = inQuery(['offset', 'skip', '$skip', 'start', 'startIndex', 'start_index']);
  if (offset !== undefined && limitParam !== undefined)
    return { kind: 'offset', param: offset, ...(total ? { total } : {}) };
  const page = inQuery(['page', 'pageNumber', 'page_number', 'pageNo', 'page_no']);
  const paged = params.find((one) => one.name === page);
  if (
    page !== undefined &&
    limitParam !== undefined &&
    paged &&
    isNumber(schemas.resolve(paged.type))
  ) {
    const last = find(
      body,
      ['total_pages', 'totalPages', 'page_count', 'pageCount', 'last_page', 'lastPage'],
      schemas,
      isNumber,
    );
    return {
      kind: 'page',
      param: page,
      first: paged.doc.default === '0' ? 0 : 1,
      ...(last ? { total: last } : {}),
    };
  }
  return undefined;
}

/** Where a member of one of these names stands: at the top, or in one of the usual wrappers. */
function find(
  body: Type,
  names: readonly string[],
  schemas: Schemas,
  accepts: (type: Type) => boolean,
): readonly string[] | undefined {
  const top = propertiesOf(body, schemas);
  for (const wrapper of wrappers) {
    const within = top.get(wrapper);
    const home = wrapper === '' ? top : within && propertiesOf(within.type, schemas);
    if (!home) continue;
    for (const name of names) {
      const property = home.get(name);
      if (property && accepts(schemas.resolve(withoutNothing(property.type, schemas))))
        return wrapper === '' ? [name] : [wrapper, name];
    }
  }
  return undefined;
}

function propertyOf(type: Type, name: string, schemas: Schemas): Property | undefined {
  return propertiesOf(type, schemas).get(name);
}

/** More parts than this have no intersections but those that are made to be long. */
const mostParts = 1000;

const known = new WeakMap<Type, ReadonlyMap<string, Property>>();

/** The properties of an object, or of all objects that a type is made of at once. */
function propertiesOf(type: Type, schemas: Schemas): ReadonlyMap<string, Property> {
  const whole = schemas.resolve(withoutNothing(type, schemas));
  const before = known.get(whole);
  if (before) return before;
  const found = new Map<string, Property>();
  const seen = new Set<Type>([whole]);
  for (const part of seen) {
    if (part.kind === 'object')
      for (const property of part.properties)
        if (!found.has(property.name)) found.set(property.name, property);
    if (part.kind !== 'intersection' || seen.size > mostParts) continue;
    for (const member of part.members) seen.add(schemas.resolve(withoutNothing(member, schemas)));
  }
  known.set(whole, found);
  return found;
}

function isText(type: Type): boolean {
  return type.kind === 'scalar' && type.name === 'string';
}

function isNumber(type: Type): boolean {
  return type.kind === 'scalar' && type.name === 'number';
}

interface List {
  readonly path: readonly string[];
  readonly type: Type;
}

/** An envelope's list by the names that lists have; else its only list of objects. */
const listNames = [
  'items',
  'data',
  'results',
  'records',
  'events',
  'value',
  'values',
  'entries',
  'list',
  'rows',
  'content',
  'objects',
  'resources',
];

function itemsOf(body: Type, schemas: Schemas): List | undefined {
  const direct = listType(body, schemas);
  if (direct) return { path: [], type: direct };
  const properties = [...propertiesOf(body, schemas).values()];
  const lists = properties.flatMap(({ name, type }) => {
    const items = listType(type, schemas);
    return items ? [{ path: [name], type: items }] : [];
  });
  const named = listNames.flatMap((name) => lists.filter(({ path }) => path[0] === name));
  const ofObjects = lists.filter(({ type }) =>
    ['object', 'record', 'intersection', 'union'].includes(schemas.resolve(type).kind),
  );
  return named[0] ?? (ofObjects.length === 1 && properties.length <= 12 ? ofObjects[0] : undefined);
}

function listType(type: Type, schemas: Schemas): Type | undefined {
  const plain = schemas.resolve(withoutNothing(type, schemas));
  return plain.kind === 'array' ? plain.items : undefined;
}

function at(body: Type, path: readonly string[], schemas: Schemas): List {
  let type: Type = body;
  for (const name of path) type = propertyOf(type, name, schemas)?.type ?? unknown;
  return { path, type: listType(type, schemas) ?? unknown };
}
