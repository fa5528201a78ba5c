import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect } from 'vitest';
import type { Transmit } from '../../templates/runtime/call.ts';
import { emit } from './emit.ts';

const folders: string[] = [];

afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

/** A document whose paths are given as YAML or JSON. */
export function documentOf(paths: object, version = '3.1.0'): string {
  const document = {
    openapi: version,
    info: { title: 'Example', version: '1' },
    servers: [{ url: 'https://api.example.com' }],
    paths,
  };
  // A response needs a description, and tests need none.
  return JSON.stringify(document, (key, value: unknown) =>
    /^([1-5]\d\d|[1-5]XX|default)$/.test(key) && typeof value === 'object'
      ? { description: 'ok', ...value }
      : value,
  );
}

/** An operation `GET /thing` called `getThing`, with these responses. */
export function answering(responses: object, operation: object = {}): string {
  return documentOf({ '/thing': { get: { operationId: 'getThing', responses, ...operation } } });
}

/** The emitted package in a folder of its own, which is gone after the file's tests. */
export async function emitted(
  document: string,
  options: Parameters<typeof emit>[1] = {},
): Promise<string> {
  const { files, diagnostics } = await emit(document, { name: 'example', ...options });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const folder = await mkdtemp(join(tmpdir(), 'batchwright-emitted-'));
  folders.push(folder);
  await Promise.all(
    [...files].map(async ([path, text]) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }),
  );
  return folder;
}

/** A module of an emitted package. */
// oxlint-disable-next-line typescript/no-explicit-any -- its types are emitted, too
export async function moduleOf(folder: string, path: string): Promise<any> {
  return import(pathToFileURL(join(folder, 'src', path)).href);
}

export interface Answering {
  readonly fetch: Transmit;
  readonly requests: readonly { readonly url: URL; readonly headers: Headers }[];
}

/** A `fetch` that gives these answers in turn, the last for ever. */
export function fetchOf(...answers: readonly (() => Response)[]): Answering {
  const requests: { url: URL; headers: Headers }[] = [];
  const fetch: Transmit = async (url, { headers }) => {
    requests.push({ url, headers });
    const answer = answers[Math.min(requests.length, answers.length) - 1];
    if (!answer) throw new Error('No answer is left.');
    return answer();
  };
  return { fetch, requests };
}

/** An answer under a media type; without one where it is empty. */
export function answer(
  status: number,
  type: string,
  body: string | null = null,
  headers: Record<string, string> = {},
): () => Response {
  return () => {
    // Bytes have no type of their own, as texts have.
    const content = body === null ? null : new TextEncoder().encode(body);
    return new Response(content, {
      status,
      headers: { ...(type === '' ? {} : { 'Content-Type': type }), ...headers },
    });
  };
}
