import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { answers, byName, type Input, type Operation, requestOf, type Sent } from './document.ts';

/** A call of an emitted function, and what Steady says of it. */
export interface Exchange {
  /** In order; one, where all is well. */
  readonly requests: readonly Sent[];
  readonly status: number | undefined;
  /** Steady's headers, by their names without `x-steady-`. */
  readonly steady: Readonly<Record<string, string>>;
  /** What the server answered, parsed. */
  readonly answer: unknown;
  /** What the function gave. */
  readonly result: unknown;
  /** What it threw instead. */
  readonly error: unknown;
}

/** Changes a request before it is sent, as a faulty client would. */
export type Tamper = (url: URL) => void;

/** Listings of which the document declares a single item where the API answers with a list. */
const singleItems = new Set(['getNetworkClients', 'getNetworkWirelessMeshStatuses']);

/** Lists of objects in a query: the API reads `name[]key=a`, Steady nothing but `name[][key]=a`. */
const keysOfListedObjects = /(?<=[?&](?:ranges)%5B%5D)\w+(?==)/g;

/** Calls the emitted function of an operation, once and without a limiter. */
export async function callEmitted(
  folder: string,
  origin: string,
  { tags, operationId }: Operation,
  input: Input,
  tamper: Tamper = () => {},
): Promise<Exchange> {
  const requests: Sent[] = [];
  let response: Response | undefined;
  const createClient = await functionOf(folder, 'client', 'createClient');
  const client = createClient({
    baseUrl: origin,
    apiKey: 'key',
    userAgent: 'Test/1.0 Batchwright',
    retry: { attempts: 1 },
    fetch: async (url: URL, init: RequestInit & { readonly body: string | null }) => {
      tamper(url);
      requests.push({
        method: init.method ?? '',
        path: url.pathname,
        query: [...url.searchParams].toSorted(byName),
        body: init.body === null ? undefined : JSON.parse(init.body),
      });
      response = await fetch(asSteadyReads(url), init);
      return response.clone();
    },
  });
  const call = await functionOf<PromiseLike<unknown>>(folder, tags[0] ?? '', operationId);
  const [result, error] = await settle(call(client, input));
  const text = (await response?.text()) ?? '';
  return {
    requests,
    status: response?.status,
    steady: steadyHeaders(response?.headers),
    answer: text === '' ? undefined : JSON.parse(text),
    result,
    error,
  };
}

/**
 * A function of the emitted package. What it takes is read of the document at run time, so that no
 * compiler can check it.
 */
export async function functionOf<Result>(
  folder: string,
  module: string,
  name: string,
): Promise<(...args: readonly unknown[]) => Result> {
  return (await import(pathToFileURL(join(folder, 'src', `${module}.ts`)).href))[name];
}

function asSteadyReads(url: URL): URL {
  const read = new URL(url);
  read.search = url.search.replaceAll(keysOfListedObjects, '%5B$&%5D');
  return read;
}

async function settle(promise: PromiseLike<unknown>): Promise<readonly [unknown, unknown]> {
  try {
    return [await promise, undefined];
  } catch (error) {
    return [undefined, error];
  }
}

function steadyHeaders(headers: Headers = new Headers()): Readonly<Record<string, string>> {
  const prefix = 'x-steady-';
  return Object.fromEntries(
    [...headers]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}

/** What is wrong with a call, a line each; empty where it was accepted as it was meant. */
export function faultsOf(operation: Operation, input: Input, exchange: Exchange): string[] {
  const { requests, status, steady, answer, result, error } = exchange;
  const faults = Object.entries(steady)
    .filter(([name]) => name.endsWith('-message'))
    .map(([name, message]) => {
      const at = name.slice(0, -'message'.length);
      return `${steady[`${at}code`]} at ${steady[`${at}path`]}: ${message}`;
    });
  if (requests.length !== 1) faults.push(`${requests.length} requests were sent.`);
  const [sent] = requests;
  const meant = requestOf(operation, input);
  for (const part of ['method', 'path', 'query', 'body'] as const)
    if (!isDeepStrictEqual(sent?.[part], meant[part]))
      faults.push(`${part}: ${JSON.stringify(sent?.[part])}, not ${JSON.stringify(meant[part])}`);
  if (faults.length > 0) return faults;

  if (steady['error-count'] !== '0' || steady['request-valid'] !== 'true')
    faults.push(`Steady says ${JSON.stringify(steady)}.`);
  if (steady['matched-path'] !== operation.route)
    faults.push(`It was taken for ${steady['matched-path']}.`);
  if (status === undefined || status < 200 || status > 299) faults.push(`The status is ${status}.`);
  if (error) {
    // The answer is as declared, and the client is right to say that it knows no list in it.
    const refused = error instanceof Error && 'code' in error && error.code === 'invalid-body';
    if (!refused || !singleItems.has(operation.operationId)) faults.push(`It threw ${error}.`);
    return faults;
  }
  const expected = answers(operation) ? answer : undefined;
  if (!isDeepStrictEqual(bodyOf(result), expected)) faults.push('It gave not what was answered.');
  return faults;
}

/** A listing gives a page, whose `body` is what the server answered. */
function bodyOf(result: unknown): unknown {
  const isPage =
    typeof result === 'object' && result !== null && 'items' in result && 'next' in result;
  return isPage && 'body' in result ? result.body : result;
}
