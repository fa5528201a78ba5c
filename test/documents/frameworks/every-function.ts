import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ApiDescription, Operation, Type } from '../../../generator/ir/ir.ts';
import { successesOf } from '../../../generator/ir/responses.ts';
import { type Extent, valueOf } from './value-of.ts';

/** What came of calling a function. */
export interface Outcome {
  readonly operation: Operation;
  readonly status?: number | undefined;
  readonly requests: number;
  /** What Steady says of the request, a line each. */
  readonly refused: readonly string[];
  /** What the function threw at a documented success, or why it could not be called. */
  readonly rejected?: string | undefined;
  readonly result?: unknown;
}

// oxlint-disable-next-line typescript/no-explicit-any -- the functions are emitted, and so are their types
type Emitted = Readonly<Record<string, any>>;

/** Calls every function of an emitted package once, and once more with all that it can take. */
export async function callEvery(
  folder: string,
  api: ApiDescription,
  origin: string,
  extents: readonly Extent[] = ['required', 'everything'],
): Promise<readonly Outcome[]> {
  const load = (name: string): Promise<Emitted> =>
    import(pathToFileURL(join(folder, 'src', `${name}.ts`)).href);
  const { createClient } = await load('client');
  const declared = new Map(api.types.map(({ name, type }) => [name, type]));
  const keys = Object.fromEntries(api.auth.map(({ key, kind }) => [key, secretOf(kind)]));
  const servers = api.groups.flatMap(({ operations }) =>
    operations.flatMap(({ server }) => (server ? [server.url] : [])),
  );
  const open = (fetch: unknown): unknown =>
    createClient({
      allowedUrls: anyOf(servers),
      ...keys,
      apiKey: 'key',
      baseUrl: origin,
      retry: { attempts: 1 },
      fetch,
    });
  const jobs: (() => Promise<Outcome>)[] = [];
  for (const group of api.groups) {
    const module = await load(group.name);
    for (const operation of group.operations)
      for (const extent of extents)
        jobs.push(() =>
          callOnce(
            module[operation.name],
            open,
            origin,
            operation,
            inputOf(operation, declared, extent),
          ),
        );
  }
  return inTurn(jobs);
}

/** The server of an operation, where it is another than that of the document. */
function anyOf(servers: readonly string[]): RegExp {
  const origins = servers
    .filter((url) => URL.canParse(url))
    .map((url) => new URL(url).origin.replaceAll('.', '\\.'));
  return new RegExp(`^(?:${[...new Set(origins)].join('|')})/`);
}

function secretOf(kind: ApiDescription['auth'][number]['kind']): unknown {
  return kind === 'basic' ? { user: 'user', password: 'password' } : 'key';
}

function inputOf(
  { params, body }: Operation,
  declared: ReadonlyMap<string, Type>,
  extent: Extent,
): Readonly<Record<string, unknown>> {
  const wanted = [...params, ...(body ? [body] : [])].filter(
    ({ required }) => required || extent === 'everything',
  );
  return Object.fromEntries(wanted.map(({ key, type }) => [key, valueOf(type, declared, extent)]));
}

async function callOnce(
  called: (...given: readonly unknown[]) => PromiseLike<unknown> & { cancel?(): unknown },
  open: (fetch: unknown) => unknown,
  origin: string,
  operation: Operation,
  input: object,
): Promise<Outcome> {
  let response: Response | undefined;
  let requests = 0;
  const client = open(async (url: URL, init: RequestInit) => {
    requests += 1;
    const headers = new Headers(init.headers);
    headers.set('X-Steady-Stream-Count', '2');
    headers.set('X-Steady-Stream-Interval-Ms', '1');
    response = await fetch(`${origin}${url.pathname}${url.search}`, { ...init, headers });
    return response;
  });
  const given = takesNothing(operation) ? [] : [input];
  let result: unknown;
  let rejected: string | undefined;
  try {
    const answer = called(client, ...given);
    // A stream is read to its end; of a listing this is the first page.
    result = isStream(answer) ? await read(answer) : await answer;
    if (isStream(result)) result = await read(result);
  } catch (error) {
    rejected = `${error} ${error instanceof Error && error.cause ? String(error.cause) : ''}`;
  }
  const status = response?.status;
  const row = operation.responses.find((each) => each.status === status);
  const failed = row !== undefined && !successesOf(operation.responses).includes(row);
  return {
    operation,
    status,
    requests,
    refused: faultsOf(response?.headers ?? new Headers()),
    rejected: failed ? undefined : rejected,
    result,
  };
}

function takesNothing({ params, body }: Operation): boolean {
  return params.length === 0 && !body;
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Symbol.asyncIterator in value &&
    !('then' in value)
  );
}

async function read(stream: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

function faultsOf(headers: Headers): readonly string[] {
  return [...headers]
    .filter(([name]) => /^x-steady-.*message$/.test(name))
    .map(([name, message]) => {
      const at = name.slice(0, -'message'.length);
      return `${headers.get(`${at}code`)} at ${headers.get(`${at}path`)}: ${message}`;
    });
}

async function inTurn(jobs: readonly (() => Promise<Outcome>)[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const waiting = jobs.values();
  const worker = async (): Promise<void> => {
    for (const job of waiting) outcomes.push(await job());
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  return outcomes;
}
