/** Where a request says which page it asks for. */
export type PageParam =
  | { readonly in: 'query' | 'header'; readonly name: string }
  | { readonly in: 'body'; readonly path: readonly string[]; readonly numeric: boolean };

type Path = readonly string[];

/** How an operation pages, as the generator knows it. */
export interface Paging {
  readonly kind: 'link' | 'cursor' | 'url' | 'lastItem' | 'offset' | 'page';
  readonly direction?: 'next' | 'prev';
  readonly cursor?: Path | string;
  readonly url?: Path;
  readonly id?: Path;
  readonly param?: PageParam;
  readonly first?: number;
  readonly total?: Path;
  readonly number?: Path;
  readonly next?: Path;
  readonly more?: Path;
  readonly last?: Path;
}

/** What a request says of the page that it wants. */
export interface PageRequest {
  readonly url: URL;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A page of a list: its items, and what its answer says of the others. */
export interface MadePage {
  readonly items: readonly unknown[];
  readonly headers: Readonly<Record<string, string>>;
  /** Members that are set, by their paths; `undefined` stands for what marks the end. */
  readonly members: readonly (readonly [path: Path, value: unknown])[];
}

/** The parameter of links, which nobody but the handler reads. */
const MARK = 'mock-page';

/** The page that a request asks for. */
export function pageOf(
  all: readonly unknown[],
  size: number,
  paging: Paging,
  request: PageRequest,
): MadePage {
  const { kind, param, first, direction = 'next' } = paging;
  const asked = param && read(param, request);
  const start = startOf(all, size, paging, asked, request);
  const items = all.slice(start, start + size);
  const following = start + size;
  const isLast = following >= all.length;
  const number = Math.floor(start / size);
  const link = new URL(request.url);
  link.searchParams.set(MARK, String(number + 2));
  const members: (readonly [Path, unknown])[] = [
    ...set(paging.more, !isLast),
    ...set(paging.last, isLast),
  ];
  const headers: Record<string, string> = {};
  switch (kind) {
    case 'link':
      if (!isLast) headers['Link'] = `<${link.href}>; rel="${direction}"`;
      break;
    case 'url':
      members.push(...set(paging.url, isLast ? undefined : link.href));
      break;
    case 'cursor': {
      const cursor = isLast ? undefined : String(following);
      if (typeof paging.cursor === 'string') {
        if (cursor !== undefined) headers[paging.cursor] = cursor;
      } else members.push(...set(paging.cursor, cursor));
      break;
    }
    case 'lastItem':
      break;
    case 'offset':
      members.push(
        ...set(paging.total, all.length),
        ...set(paging.number, start + (first ?? 0)),
        ...set(paging.next, isLast ? undefined : following),
      );
      break;
    case 'page': {
      const base = first ?? 1;
      members.push(
        ...set(paging.total, Math.ceil(all.length / size)),
        ...set(paging.number, number + base),
        ...set(paging.next, isLast ? undefined : number + base + 1),
      );
    }
  }
  return { items, headers, members };
}

function set(path: Path | undefined, value: unknown): readonly (readonly [Path, unknown])[] {
  return path ? [[path, value]] : [];
}

function startOf(
  all: readonly unknown[],
  size: number,
  { kind, id, first }: Paging,
  asked: unknown,
  { url }: PageRequest,
): number {
  switch (kind) {
    case 'link':
    case 'url':
      return (whole(url.searchParams.get(MARK)) ?? 1) * size - size;
    case 'cursor':
      return whole(asked) ?? 0;
    case 'offset':
      return Math.max((whole(asked) ?? 0) - (first ?? 0), 0);
    case 'page':
      return Math.max((whole(asked) ?? first ?? 1) - (first ?? 1), 0) * size;
    case 'lastItem': {
      if (asked === undefined || asked === null || asked === '') return 0;
      return all.findIndex((item) => String(valueAt(item, id ?? [])) === String(asked)) + 1;
    }
  }
}

function whole(text: unknown): number | undefined {
  const number = Number(text ?? '');
  return text !== null && text !== '' && Number.isInteger(number) && number >= 0
    ? text === undefined
      ? undefined
      : number
    : undefined;
}

function read(param: PageParam, { url, headers, body }: PageRequest): unknown {
  switch (param.in) {
    case 'query':
      return url.searchParams.get(param.name) ?? undefined;
    case 'header':
      return headers.get(param.name) ?? undefined;
    case 'body':
      return valueAt(body, param.path);
  }
}

/** The value at a path; undefined where it leads nowhere. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, name)
        ? (at as Readonly<Record<string, unknown>>)[name]
        : undefined,
    value,
  );
}

/** A copy in which the value at a path is another; without it where that is undefined. */
export function withValue(value: unknown, [first, ...rest]: Path, inner: unknown): unknown {
  if (first === undefined) return inner;
  const object = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  const { [first]: before, ...others } = object as Readonly<Record<string, unknown>>;
  const after = withValue(before, rest, inner);
  return after === undefined ? others : { ...object, [first]: after };
}
