import fc from 'fast-check';
import { events, textEvents } from '../../../templates/runtime/answers/events.ts';
import { lines, sequence } from '../../../templates/runtime/answers/lines.ts';
import { openStream } from '../../../templates/runtime/answers/stream.ts';
import { answerTable, type RowReader } from '../../../templates/runtime/answers/table.ts';
import { createClient } from '../../../templates/runtime/client.ts';
import { bearer } from '../../../templates/runtime/transport/credentials.ts';
import { transport } from '../../../templates/runtime/transport/transport.ts';
import { type HostileAnswer, hostileAnswers, hostileText, junk } from './answers.ts';
import { taken } from './calls.ts';
import { hostileServer, key, timeout, watched } from './watch.ts';

type Type = 'text/event-stream' | 'text/plain' | 'application/x-ndjson' | 'application/json-seq';

const readers: Readonly<Record<Type, RowReader>> = {
  'text/event-stream': events,
  'text/plain': textEvents,
  'application/x-ndjson': lines,
  'application/json-seq': sequence,
};

/** A stream of items. */
export interface StreamCase {
  readonly kind: 'stream';
  readonly type: Type;
  readonly answers: readonly HostileAnswer[];
}

const parts: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('data: 1\n\n', '{"a":1}\n', '\u001e[1]\n', 'id: 7\n') },
  fc.constantFrom(
    'data:',
    ':',
    'retry: 0\n',
    'retry: 9999999999\n',
    'id: \0\n',
    '\r',
    '\n\n',
    '\u001e',
  ),
  fc.constantFrom('data: [DONE]\n\n', `data: ${'x'.repeat(5000)}`, `event: ${key}\n`, '\ufeff'),
  hostileText,
  junk.map((value) => JSON.stringify(value)),
);

export const streamCases: fc.Arbitrary<StreamCase> = fc
  .constantFrom<Type>(
    'text/event-stream',
    'text/plain',
    'application/x-ndjson',
    'application/json-seq',
  )
  .chain((type) =>
    fc.record({
      kind: fc.constant('stream' as const),
      type: fc.constant(type),
      answers: fc.array(
        fc
          .tuple(hostileAnswers(junk), fc.array(parts, { maxLength: 8 }), fc.boolean())
          .map(([answer, chunks, isFaithful]) => ({
            ...answer,
            chunks,
            headers: isFaithful
              ? [...answer.headers, ['Content-Type', type] as const]
              : answer.headers,
          })),
        { minLength: 1, maxLength: 3 },
      ),
    }),
  );

/** What is wrong with how a stream is read. */
export async function judgeStream({ type, answers }: StreamCase): Promise<readonly string[]> {
  const server = hostileServer(answers);
  const client = createClient({
    baseUrl: 'https://api.example.com/v1',
    credentials: [bearer(key)],
    timeout,
    idleTimeout: timeout,
    retry: { attempts: 2 },
    fetch: transport({ fetch: server.fetch }),
  });
  const { faults } = await watched(() =>
    taken(
      openStream(client, undefined, () => ({
        id: 'getEvents',
        method: 'GET',
        path: '/events',
        answers: answerTable([{ status: 200, type, read: readers[type] }]),
      })),
    ),
  );
  return [...server.faults, ...faults];
}
