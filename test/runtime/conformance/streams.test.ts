import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentOf, emitted, moduleOf } from '../../support/emitted.ts';
import { type Answer, loopback, type Loopback } from './loopback.ts';
import { codeIn, codesIn, readTable, type Row } from './read-table.ts';

const rows = readTable('Streams');
const resumed = readTable('Resumption');

let server: Loopback;
// oxlint-disable-next-line typescript/no-explicit-any -- its types are emitted, too
let client: any;

beforeAll(async () => {
  const paths = rows.map((row, index) => {
    const [type = '', schema = 'schema'] = codesIn(row['declared'] ?? '');
    const content = { [type]: { [schema]: { type: 'object' } } };
    return [
      `/stream${index}`,
      { get: { operationId: `stream${index}`, responses: { 200: { content } } } },
    ];
  });
  const events = { 'text/event-stream': { itemSchema: { type: 'string' } } };
  const folder = await emitted(
    documentOf(
      {
        ...Object.fromEntries(paths),
        '/events': { get: { operationId: 'events', responses: { 200: { content: events } } } },
      },
      '3.2.0',
    ),
  );
  const { createExample } = await moduleOf(folder, 'index.ts');
  server = await loopback();
  client = createExample({ baseUrl: server.origin, retry: { attempts: 3 } });
});
afterAll(() => server[Symbol.asyncDispose]());

function answerOf(type: string, body: Answer['body']): Answer {
  return { status: 200, headers: { 'Content-Type': type }, ...(body && { body }) };
}

async function itemsOf(id: string): Promise<string> {
  const items: string[] = [];
  try {
    for await (const item of client.api[id]()) items.push(JSON.stringify(item));
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    items.push(`error ${error.code}`);
  }
  return items.join(' ');
}

describe.each(rows.map((row, index) => [codeIn(row['declared'] ?? ''), row, index] as const))(
  'A stream of %s',
  (declared, row, index) => {
    const text = parsed(row, 'sent');
    const type = codeIn(row['as'] ?? '') || declared;

    test(`gives the items of ${JSON.stringify(text)}`, async () => {
      server.answer(answerOf(type, [text]));
      expect(await itemsOf(`stream${index}`)).toBe(codesIn(row['items'] ?? '').join(' '));
    });

    test(`gives them where each byte of ${JSON.stringify(text)} comes by itself`, async () => {
      const bytes = new TextEncoder().encode(text);
      server.answer(
        answerOf(
          type,
          Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)),
        ),
      );
      expect(await itemsOf(`stream${index}`)).toBe(codesIn(row['items'] ?? '').join(' '));
    });
  },
);

/** The text of a cell, which is written as JSON has it. */
function parsed(row: Row, name: string): string {
  return JSON.parse(`"${codeIn(row[name] ?? '').replaceAll('"', '\\"')}"`);
}

test.each(resumed.map((row) => [codesIn(row['sent'] ?? '').join(', then '), row] as const))(
  'A stream that breaks off goes on: %s',
  async (_name, row) => {
    const texts = codesIn(row['sent'] ?? '').map((text) => JSON.parse(`"${text}"`) as string);
    const answers = texts.map((text, at): Answer =>
      text === '204'
        ? { status: 204 }
        : { ...answerOf('text/event-stream', [text]), cut: at < texts.length - 1 },
    );
    server.answer(...answers);
    const before = server.requests.length;
    expect(await itemsOf('events')).toBe(codesIn(row['items'] ?? '').join(' '));
    const ids = server.requests
      .slice(before)
      .map(({ headers }) => headers['last-event-id'] ?? 'none');
    expect(ids.slice(1)).toEqual(codesIn(row['`Last-Event-ID`'] ?? ''));
  },
);
