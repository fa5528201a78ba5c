import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import type { Target } from '../../../generator/config/config.ts';
import { emit } from '../../support/emit.ts';

export interface Sent {
  /** `GET /v1/things?page=2`, decoded where that is possible. */
  readonly line: string;
  readonly path: string;
  readonly headers: Headers;
  readonly text: string;
}

export interface Called {
  /** What awaiting the call gives; the items in order, where it was iterated. */
  readonly result?: unknown;
  readonly error?: unknown;
  readonly sent: readonly Sent[];
}

export interface Reply {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Manner {
  /** The answers in turn, the last for ever, or a function that makes them. */
  readonly answers?: readonly Reply[] | ((asked: URL, turn: number) => Reply);
  readonly client?: object;
  readonly options?: object;
  /** Whether the listing is iterated. */
  readonly items?: boolean;
}

/** An emitted package in a folder of its own, whose functions are called by their names. */
export interface Package extends AsyncDisposable {
  readonly folder: string;
  readonly warnings: readonly string[];
  call(name: string, input?: object, manner?: Manner): Promise<Called>;
  /** The whole client, with these answers. */
  // oxlint-disable-next-line typescript/no-explicit-any -- its types are emitted, too
  open(manner?: Manner): Promise<{ readonly client: any; readonly sent: readonly Sent[] }>;
}

type Settings = Omit<Target, 'input' | 'output'>;

export async function packageOf(document: string, settings: Settings = {}): Promise<Package> {
  const { files, diagnostics } = await emit(document, { name: 'example', ...settings });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const folder = await mkdtemp(join(tmpdir(), 'batchwright-case-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  for (const [path, text] of files) {
    if (!path.startsWith('src/')) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  // oxlint-disable-next-line typescript/no-explicit-any -- its types are emitted, too
  const load = (name: string): Promise<any> =>
    import(pathToFileURL(join(folder, 'src', name)).href);
  const open: Package['open'] = async ({ answers = [], client = {} } = {}) => {
    const { fetch, sent } = server(answers);
    const { createExample } = await load('index.ts');
    return { client: createExample({ ...client, fetch }), sent };
  };
  return {
    folder,
    warnings: diagnostics.map(({ code }) => code),
    open,
    async call(name, input, manner = {}) {
      const { fetch, sent } = server(manner.answers ?? []);
      const { createClient } = await load('client.ts');
      const client = createClient({ ...manner.client, fetch });
      for (const file of await readdir(join(folder, 'src'))) {
        if (!file.endsWith('.ts') || ['index.ts', 'types.ts', 'client.ts'].includes(file)) continue;
        const operation = (await load(file))[name];
        if (operation === undefined) continue;
        const given = operation.length < 3 && input === undefined ? [] : [input];
        return finish(operation, [client, ...given, manner.options], manner.items, sent);
      }
      throw new Error(`The package has no function ${name}.`);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function finish(
  operation: (...given: readonly unknown[]) => AsyncIterable<unknown> & PromiseLike<unknown>,
  given: readonly unknown[],
  iterated: boolean | undefined,
  sent: readonly Sent[],
): Promise<Called> {
  const items: unknown[] = [];
  try {
    if (!iterated) return { result: await operation(...given), sent };
    for await (const item of operation(...given)) items.push(item);
    return { result: items, sent };
  } catch (error) {
    return { result: iterated ? items : undefined, error, sent };
  }
}

function server(answers: NonNullable<Manner['answers']>): {
  readonly fetch: (url: URL, init: RequestInit) => Promise<Response>;
  readonly sent: readonly Sent[];
} {
  const sent: Sent[] = [];
  const replyTo = (url: URL, turn: number): Reply =>
    typeof answers === 'function'
      ? answers(url, turn)
      : (answers[Math.min(turn, answers.length - 1)] ?? { status: 204 });
  return {
    sent,
    async fetch(url, init) {
      const request = new Request(url, init);
      const { status = 200, body, type, headers = {} } = replyTo(url, sent.length);
      sent.push({
        line: `${request.method} ${decoded(url.pathname + url.search)}`,
        path: url.pathname + url.search,
        headers: request.headers,
        text: await request.text(),
      });
      const bytes = body === undefined ? null : bytesOf(body);
      const declared = type ?? (body === undefined ? undefined : 'application/json');
      return new Response(bytes, {
        status,
        headers: { ...(declared && { 'Content-Type': declared }), ...headers },
      });
    },
  };
}

function bytesOf(body: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
