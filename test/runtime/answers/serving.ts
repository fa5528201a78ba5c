import { events, textEvents } from '../../../templates/runtime/answers/events.ts';
import { lines, sequence } from '../../../templates/runtime/answers/lines.ts';
import { openStream, type StreamEvent } from '../../../templates/runtime/answers/stream.ts';
import { answerTable, type RowReader } from '../../../templates/runtime/answers/table.ts';
import { type CallOptions, createClient, type Request } from '../../../templates/runtime/client.ts';
import { transport } from '../../../templates/runtime/transport/transport.ts';

export const types: ReadonlyMap<RowReader, string> = new Map<RowReader, string>([
  [events, 'text/event-stream'],
  [textEvents, 'text/event-stream'],
  [lines, 'application/x-ndjson'],
  [sequence, 'application/json-seq'],
]);

export interface Feed {
  /** What is sent; after an error the connection breaks. */
  readonly chunks: readonly (string | Uint8Array | Error)[];
  /** Whether the connection stays open behind them. */
  readonly open?: boolean;
  readonly status?: number;
  readonly type?: string;
}

export interface Served {
  readonly stream: ReturnType<typeof openStream<unknown>>;
  readonly requests: readonly Headers[];
  /** How many connections the client has ended itself. */
  readonly cancelled: () => number;
}

/** A stream of a server that answers with each feed in turn. */
export function served(
  read: RowReader,
  feeds: readonly Feed[],
  options: CallOptions & { readonly whole?: boolean } = {},
  method = 'GET',
): Served {
  const requests: Headers[] = [];
  let cancelled = 0;
  const fetch = async (
    _url: URL,
    { headers, signal }: { headers: Headers; signal: AbortSignal },
  ): Promise<Response> => {
    const { chunks, open = false, status = 200, type = types.get(read) } = feeds[requests.length]!;
    requests.push(headers);
    if (status !== 200) return new Response(null, { status });
    const waiting = chunks.values();
    const body = new ReadableStream<Uint8Array>({
      start(sink) {
        signal.addEventListener('abort', () => {
          cancelled += 1;
          sink.error(signal.reason);
        });
      },
      async pull(sink) {
        const { value, done } = waiting.next();
        if (value instanceof Error) sink.error(value);
        else if (!done)
          sink.enqueue(typeof value === 'string' ? new TextEncoder().encode(value) : value);
        else if (open) await new Promise(() => {});
        else sink.close();
      },
    });
    return new Response(body, { headers: { 'Content-Type': type! } });
  };
  const client = createClient({
    baseUrl: 'https://api.example.com',
    fetch: options.whole ? transport({ fetch, bodyTimeout: 50, maxResponseBytes: 100 }) : fetch,
  });
  const request: Request = {
    id: 'listen',
    method,
    path: '/events',
    answers: answerTable([{ status: 200, type: types.get(read), read }]),
  };
  return {
    stream: openStream(client, options, () => request),
    requests,
    cancelled: () => cancelled,
  };
}

export async function all(of: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const item of of) found.push(item);
  return found;
}

export const event = (data: unknown, id = '', name = 'message'): StreamEvent<unknown> => ({
  data,
  event: name,
  id,
});
