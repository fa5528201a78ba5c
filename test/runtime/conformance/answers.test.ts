import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentOf, emitted, moduleOf } from '../../support/emitted.ts';
import { loopback, type Loopback } from './loopback.ts';
import { codeIn, readTable } from './read-table.ts';

const rows = readTable('Answers');
const messages = readTable('Messages of errors');
/** What stands in a row where it says the same as the row above. */
const declarations = rows.map((_, index) => {
  const above = rows.slice(0, index + 1).findLast((each) => each['declared'] !== '');
  return codeIn(above?.['declared'] ?? '');
});

let server: Loopback;
// oxlint-disable-next-line typescript/no-explicit-any -- its types are emitted, too
let client: any;

beforeAll(async () => {
  const paths = [...new Set(declarations)].map((declared, index) => [
    `/answer${index}`,
    { put: { operationId: `answer${index}`, responses: responsesOf(declared) } },
  ]);
  const folder = await emitted(documentOf(Object.fromEntries(paths)));
  const { createExample } = await moduleOf(folder, 'index.ts');
  server = await loopback();
  client = createExample({ baseUrl: server.origin, retry: { attempts: 2 } });
});
afterAll(() => server[Symbol.asyncDispose]());

/** `200 application/json, text/csv; 201` as a Responses Object. */
function responsesOf(declared: string): object {
  return Object.fromEntries(
    declared.split('; ').map((part) => {
      const [, status = '', types = ''] = /^(\w+) ?(.*)$/.exec(part) ?? [];
      const content = types
        .split(', ')
        .filter((type) => type !== '')
        .map((type) => [type, { schema: schemaOf(type) }]);
      return [status, content.length > 0 ? { content: Object.fromEntries(content) } : {}];
    }),
  );
}

function schemaOf(type: string): object {
  return /json|\*\/\*/.test(type)
    ? {}
    : { type: 'string', ...(/^(text|application\/xml)/.test(type) ? {} : { format: 'binary' }) };
}

/** What a call makes of the server's next answer. */
async function outcomeOf(
  declared: string,
  answered: string,
  body: string,
  requests = 1,
): Promise<{ readonly result: string; readonly error?: Error }> {
  const [status = '', ...type] = answered.split(' ');
  const answer = {
    status: Number(status),
    headers: {
      ...(type.length > 0 && { 'Content-Type': type.join(' ') }),
      ...(status.startsWith('3') && { Location: 'http://127.0.0.1:9/' }),
    },
    body: [body],
  };
  server.answer(answer, answer);
  const before = server.requests.length;
  const id = `answer${[...new Set(declarations)].indexOf(declared)}`;
  try {
    const result: unknown = await client.api[id]();
    return { result: await written(result) };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return { result: `error ${error.code}`, error };
  } finally {
    // An answer that came is asked for once more only where that may help.
    expect(server.requests.length - before).toBe(requests);
  }
}

async function written(result: unknown): Promise<string> {
  if (result === undefined) return 'nothing';
  return result instanceof Blob ? `bytes ${await result.text()}` : JSON.stringify(result);
}

describe.each([...new Set(declarations)])('Where %s is declared', (declared) => {
  test.each(
    rows
      .filter((_, index) => declarations[index] === declared)
      .map((row) => [codeIn(row['answered'] ?? ''), codeIn(row['body'] ?? ''), row] as const),
  )('%s with %s is read as the table says', async (answered, body, row) => {
    const requests = Number(row['requests'] || 1);
    const { result } = await outcomeOf(declared, answered, body, requests);
    expect(result).toBe(codeIn(row['result'] ?? '') || row['result']);
  });
});

test.each(messages.map((row) => [codeIn(row['answered'] ?? ''), row] as const))(
  'An error says what its body says: %s',
  async (answered, row) => {
    const requests = Number(row['requests'] || 1);
    const body = codeIn(row['body'] ?? '');
    const { error } = await outcomeOf(declarations[0]!, answered, body, requests);
    expect(error?.message.replace(/^PUT [^ ]* /, '').trim()).toBe(codeIn(row['message'] ?? ''));
  },
);
