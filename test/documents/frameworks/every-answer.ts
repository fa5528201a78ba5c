import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ApiDescription, Operation, Response as Row } from '../../../generator/ir/ir.ts';
import { successesOf } from '../../../generator/ir/responses.ts';
import { valueOf } from './value-of.ts';

/** What a function makes of one of the answers that its document declares. */
export interface Read {
  readonly operation: string;
  readonly status: number;
  readonly mediaType: string | undefined;
  /** The result; of an error its class, status and body. */
  readonly made: unknown;
  readonly declared: unknown;
}

/** What comes of a stream of events. */
const events = [{ n: 1 }, { n: 2 }];

/** Answers every operation with each status and media type that it declares, one after the other. */
export async function readEvery(folder: string, api: ApiDescription): Promise<readonly Read[]> {
  const load = (name: string): Promise<Readonly<Record<string, CallableFunction>>> =>
    import(pathToFileURL(join(folder, 'src', `${name}.ts`)).href);
  const { createClient } = await load('client');
  const types = new Map(api.types.map(({ name, type }) => [name, type]));
  const reads: Read[] = [];
  for (const group of api.groups) {
    const module = await load(group.name);
    for (const operation of group.operations) {
      const input = Object.fromEntries(
        [...operation.params, ...(operation.body ? [operation.body] : [])]
          .filter(({ required }) => required)
          .map(({ key, type }) => [key, valueOf(type, types, 'required')]),
      );
      for (const row of operation.responses) {
        const value = row.reading === 'none' ? undefined : valueOf(row.type, types, 'everything');
        const status = statusOf(row);
        const fetch = async (): Promise<Response> => answerOf(row, status, value);
        const client = createClient?.({
          credentials: [],
          fetch,
          retry: { attempts: 1 },
          baseUrl: 'https://a.example',
        });
        const given = operation.params.length === 0 && !operation.body ? [] : [input];
        const made = await finish(module[operation.name]?.(client, ...given));
        const declared = successesOf(operation.responses).includes(row)
          ? row.reading === 'events'
            ? events
            : await comparable(value)
          : { name: 'ApiError', status, body: await comparable(value) };
        const { name } = operation satisfies Operation;
        reads.push({ operation: name, status, mediaType: row.mediaType, made, declared });
      }
    }
  }
  return reads;
}

function statusOf({ status }: Row): number {
  if (typeof status === 'number') return status;
  return status === 'default' ? 500 : Number(status[0]) * 100 + 18;
}

function answerOf({ mediaType, reading }: Row, status: number, value: unknown): Response {
  if (reading === 'none' || mediaType === undefined) return new Response(null, { status });
  const type = mediaType === '*/*' ? 'application/json' : mediaType;
  const text = typeof value === 'string' && !/json/.test(type) ? value : JSON.stringify(value);
  const headers = { 'Content-Type': type };
  if (reading === 'events')
    return new Response(events.map((data) => `data: ${JSON.stringify(data)}\n\n`).join(''), {
      status,
      headers,
    });
  return new Response(value instanceof Blob ? value : text, { status, headers });
}

async function finish(called: unknown): Promise<unknown> {
  try {
    const answer: unknown = isStream(called) ? called : await called;
    if (isStream(answer)) {
      const items: unknown[] = [];
      for await (const item of answer) items.push(item);
      return items;
    }
    const isPage =
      typeof answer === 'object' && answer !== null && 'next' in answer && 'headers' in answer;
    return await comparable(isPage && 'body' in answer ? answer.body : answer);
  } catch (error) {
    if (!(error instanceof Error) || !('status' in error)) return `${error}`;
    const { name, status } = error;
    // An error without content has an empty text.
    const body = 'body' in error && error.body !== '' ? await comparable(error.body) : undefined;
    return { name, status, body };
  }
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Symbol.asyncIterator in value &&
    !('then' in value)
  );
}

async function comparable(value: unknown): Promise<unknown> {
  return value instanceof Blob ? { bytes: await value.text() } : value;
}
