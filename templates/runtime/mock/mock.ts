import { concrete, contentOf } from './content.js';
import type { MockData } from './mock-data.js';
import type {
  MockAnswer,
  MockOperation,
  MockOptions,
  MockOverride,
  MockResponse,
} from './mock-operation.js';
import { type MadePage, pageOf, valueAt, withValue } from './pages.js';
import { Sampler } from './sampler.js';
import { type Shape, Shapes } from './shape.js';

const PAGES = 2;
const MOST_TRIES = 3;

/** The answers of an API. */
export class Mocks {
  readonly #shapes = new Shapes();
  readonly #sampler = new Sampler(this.#shapes);
  readonly #known = new Map<string, MockOperation>();

  /** An operation, read when it is first asked for. */
  operation([name, text, named]: MockData): MockOperation {
    const known = this.#known.get(name);
    if (known) return known;
    this.#shapes.add(named?.() ?? []);
    // The generator printed it.
    const made = JSON.parse(text) as MockOperation;
    this.#known.set(name, made);
    return made;
  }

  /** Whether a request is one of an operation's. */
  matches(data: MockData, request: Request, { baseUrl }: MockOptions): boolean {
    const { method, path, bases, query = [] } = this.operation(data);
    if (request.method.toUpperCase() !== method) return false;
    const url = new URL(request.url);
    if (!query.every(([key, value]) => url.searchParams.getAll(key).includes(value))) return false;
    const at = `${url.origin}${url.pathname}`;
    const homes = baseUrl === undefined ? bases : [baseUrl];
    const route = new RegExp(`^${path}$`);
    if (homes.length === 0) return new RegExp(`${path}$`).test(url.pathname);
    return homes.some((base) => {
      const home = base.replace(/\/$/, '');
      return at.startsWith(home) && route.test(at.slice(home.length));
    });
  }

  /** The answer to a request. */
  async answer(
    data: MockData,
    request: Request,
    override: MockOverride,
    options: MockOptions,
  ): Promise<MockAnswer> {
    const text = request.body ? await request.clone().text() : '';
    const { url, headers } = request;
    const asked = { url: new URL(url), headers, body: parsed(text) };
    return this.make(data, override, options, asked);
  }

  /** An answer: to a request, or one that nobody asked for. */
  make(
    data: MockData,
    override: MockOverride = {},
    options: MockOptions = {},
    asked?: Parameters<typeof pageOf>[3],
  ): MockAnswer {
    const [name] = data;
    const operation = this.operation(data);
    const response = responseFor(operation, override.status);
    const status = override.status ?? statusOf(response);
    const seed = `${options.seed ?? 1}/${name}/${status}`;
    const nulls = options.nulls ?? false;
    const headers: Record<string, string> = {};
    for (const { name: header, shape } of response.headers ?? []) {
      if (operation.paging?.kind === 'link' && header.toLowerCase() === 'link') continue;
      const value = this.#sampler.sample(shape, { seed: `${seed}/${header}`, nulls, shown: true });
      headers[header] = String(value);
    }
    let body = this.#body(response, seed, nulls);
    const page =
      operation.paging && isSuccess(status)
        ? this.#page(operation, response, body, { override, options, seed, asked })
        : undefined;
    if (page) {
      body = page.body;
      Object.assign(headers, page.made.headers);
    }
    if (override.body !== undefined) body = overridden(body, override.body);
    const content = contentOf(response.reading, body);
    const type = response.type ?? (override.body === undefined ? undefined : 'application/json');
    return {
      status,
      headers: {
        ...(type !== undefined && content !== undefined && { 'Content-Type': concrete(type) }),
        ...headers,
        ...override.headers,
      },
      body,
      content,
    };
  }

  #body({ reading, shape, shown = [] }: MockResponse, seed: string, nulls: boolean): unknown {
    if (reading === 'none') return undefined;
    if (reading === 'binary') return 'bytes';
    const made = this.#sampler.sample(shape, { seed, nulls, shown: true });
    if (nulls) return made;
    return (
      shown.map((one) => withoutNulls(one, made)).find((one) => this.#sampler.fits(one, shape)) ??
      made
    );
  }

  #page(
    { paging, items: declared }: MockOperation,
    { shape }: MockResponse,
    body: unknown,
    given: {
      readonly override: MockOverride;
      readonly options: MockOptions;
      readonly seed: string;
      readonly asked: Parameters<typeof pageOf>[3] | undefined;
    },
  ): { readonly body: unknown; readonly made: MadePage } | undefined {
    const { override, options, seed, asked } = given;
    const path = declared ?? listIn(body);
    if (!paging || !path) return undefined;
    const size = options.pageSize ?? 2;
    const all = override.items ?? this.#items(shape, body, path, size * PAGES, seed, options);
    if (all.length === 0 && !override.items) return undefined;
    const nobody = {
      url: new URL('https://mock.example/'),
      headers: new Headers(),
      body: undefined,
    };
    const made = pageOf(all, size, paging, asked ?? nobody);
    const filled = withValue(body, path, made.items);
    const whole = made.members.reduce(
      (before, [at, value]) => this.#told(before, at, value, shape),
      filled,
    );
    return { body: whole, made };
  }

  /** So many items: those that the body has, then others. */
  #items(
    shape: Shape,
    body: unknown,
    path: readonly string[],
    count: number,
    seed: string,
    { nulls = false }: MockOptions,
  ): readonly unknown[] {
    const here = valueAt(body, path);
    const items: unknown[] = Array.isArray(here) ? here.slice(0, count) : [];
    const seen = new Set(items.map((item) => JSON.stringify(item)));
    for (let round = 1; items.length < count && round < count * MOST_TRIES; round += 1) {
      const sample = { seed: `${seed}/${round}`, nulls, shown: false };
      const another = valueAt(this.#sampler.sample(shape, sample), path);
      for (const item of Array.isArray(another) ? another : []) {
        const key = JSON.stringify(item);
        if (items.length >= count || seen.has(key)) continue;
        seen.add(key);
        // Lists of one kind or another hold no mixture.
        if (this.#sampler.fits(withValue(body, path, [...items, item]), shape)) items.push(item);
      }
    }
    return items;
  }

  /** What an answer says of its page; where that may not be said as it is, as it may. */
  #told(body: unknown, path: readonly string[], value: unknown, shape: Shape): unknown {
    const before = valueAt(body, path);
    const ways =
      value === undefined
        ? [undefined, null, '', 0, {}]
        : typeof value === 'boolean'
          ? [value]
          : typeof before === 'string'
            ? [String(value), value]
            : [
                Array.isArray(before) ? [{ rel: 'next', href: value }] : value,
                Number(value),
                String(value),
                value,
              ];
    const bodies = ways.map((way) => withValue(body, path, way));
    return bodies.find((one) => this.#sampler.fits(one, shape)) ?? bodies[0];
  }
}

/** An example with what was made up in place of its nulls. */
function withoutNulls(shown: unknown, made: unknown): unknown {
  if (shown === null) return made ?? null;
  if (Array.isArray(shown)) {
    const [first] = Array.isArray(made) ? made : [];
    return shown.map((item) => withoutNulls(item, first));
  }
  if (typeof shown !== 'object') return shown;
  return Object.fromEntries(
    Object.entries(shown).map(([name, value]) => [
      name,
      withoutNulls(value, valueAt(made, [name])),
    ]),
  );
}

function listIn(body: unknown): readonly string[] | undefined {
  if (Array.isArray(body)) return [];
  if (typeof body !== 'object' || body === null) return undefined;
  const lists = Object.entries(body).filter(([, value]) => Array.isArray(value));
  const [own] =
    lists.find(([name]) => name === 'items') ?? (lists.length === 1 ? (lists[0] ?? []) : []);
  return own === undefined ? undefined : [own];
}

/** The response of a status: the exact one, its range, the default; the first success without one. */
function responseFor({ id, responses }: MockOperation, status: number | undefined): MockResponse {
  const range = status === undefined ? '' : `${Math.trunc(status / 100)}XX`;
  const keys = status === undefined ? [] : [status, range, 'default'];
  const found =
    status === undefined
      ? (responses.find((one) => isSuccess(one.status)) ??
        responses.find((one) => one.status === 'default') ??
        responses[0])
      : keys.flatMap((key) => responses.find((one) => one.status === key) ?? [])[0];
  if (found) return found;
  if (responses.length === 0 || status !== undefined)
    return { status: status ?? 200, reading: 'none', shape: { kind: 'scalar', name: 'void' } };
  throw new TypeError(`${id} has no answer`);
}

function isSuccess(status: number | string): boolean {
  return typeof status === 'number' ? status >= 200 && status < 300 : status === '2XX';
}

function statusOf({ status }: MockResponse): number {
  if (typeof status === 'number') return status;
  return status === 'default' ? 200 : Number(status[0]) * 100;
}

/** Members of an object one by one; anything else as a whole. */
function overridden(made: unknown, given: unknown): unknown {
  const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === 'object' &&
    value !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value));
  if (!isPlain(made) || !isPlain(given)) return given;
  const own = Object.entries(given).flatMap(([name, value]) => {
    const before = Object.hasOwn(made, name) ? made[name] : undefined;
    return value === undefined ? [] : [[name, overridden(before, value)] as const];
  });
  return { ...made, ...Object.fromEntries(own) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return Object.fromEntries(new URLSearchParams(text));
  }
}
