import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { documentOf, emitted, moduleOf } from '../../support/emitted.ts';
import { loopback, type Loopback } from './loopback.ts';
import { codeIn, readTable } from './read-table.ts';
import { sentBody } from './sent-body.ts';

const png = (): Blob => new Blob(['BYTES'], { type: 'image/png' });
const bytes = new TextEncoder().encode('BYTES');

/** The values that stand above the columns. */
const values: Readonly<Record<string, () => unknown>> = {
  '`null`': () => null,
  '`"a b"`': () => 'a b',
  '`7`': () => 7,
  '`["a","b"]`': () => ['a', 'b'],
  '`{"a":1,"b":"x y"}`': () => ({ a: 1, b: 'x y' }),
  '`{"a":{"b":1},"c":[2,3]}`': () => ({ a: { b: 1 }, c: [2, 3] }),
  'a `Blob` of `image/png`': png,
  'a `File` of `text/plain`': () => new File(['BYTES'], 'a.txt', { type: 'text/plain' }),
  'a view, a buffer': () => bytes,
  'a stream': () => new Blob(['BYTES']).stream(),
  'an object with that `Blob`': () => ({ n: 1, file: png() }),
};

const rows = readTable('Bodies');
const fields = readTable('Fields and parts');

let server: Loopback;
// oxlint-disable-next-line typescript/no-explicit-any -- its types are emitted, too
let client: any;

beforeAll(async () => {
  const operation = (operationId: string, content: object): object => ({
    post: { operationId, requestBody: { content }, responses: { 204: {} } },
  });
  const paths = [
    ...rows.map((row, index) => {
      const type = codeIn(row['media type'] ?? '');
      return [
        `/body${index}`,
        operation(`body${index}`, { [type]: { schema: schemaOf(type) } }),
      ] as const;
    }),
    ...fields.map((row, index) => {
      const encoding: unknown = parse(codeIn(row['`encoding`'] ?? '') || '{}');
      const p: unknown = parse(codeIn(row['schema'] ?? '') || '{}');
      const schema = { type: 'object', properties: { p } };
      return [
        `/field${index}`,
        operation(`field${index}`, {
          [codeIn(row['media type'] ?? '')]: { schema, encoding: { p: encoding } },
        }),
      ] as const;
    }),
  ];
  const folder = await emitted(documentOf(Object.fromEntries(paths)));
  const { createExample } = await moduleOf(folder, 'index.ts');
  server = await loopback();
  client = createExample({ baseUrl: server.origin, retry: { attempts: 1 } });
});
afterAll(() => server[Symbol.asyncDispose]());

function schemaOf(type: string): object {
  if (/^(text|application\/xml|application\/x-ndjson)/.test(type)) return { type: 'string' };
  return /^(image|audio|application\/(octet|pdf))/.test(type)
    ? { type: 'string', format: 'binary' }
    : {};
}

/** What comes of a call: `refused`, or what was sent. */
async function outcomeOf(id: string, input: object, declared: string): Promise<string> {
  const before = server.requests.length;
  try {
    await client.api[id](input);
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    expect(server.requests.length).toBe(before);
    return 'refused';
  }
  return sentBody(server.requests[before]!, declared);
}

describe.each(rows.map((row, index) => [codeIn(row['media type'] ?? ''), row, index] as const))(
  'A body of %s',
  (type, row, index) => {
    test.each(Object.entries(values))('is made of %s as the table says', async (name, value) => {
      const cell = row[name] ?? 'no such column';
      const outcome = await outcomeOf(`body${index}`, { body: value() }, type);
      expect(outcome).toBe(cell === 'refused' ? cell : codeIn(cell));
    });
  },
);

test.each(
  fields.map((row, index) => {
    const name = ['media type', '`encoding`', 'schema', '`p`'].map((key) => row[key]).join(', ');
    return [name, row, index] as const;
  }),
)('A field as the table says: %s', async (_name, row, index) => {
  const given = codeIn(row['`p`'] ?? '');
  const p: unknown = given.startsWith('new ')
    ? values['a `Blob` of `image/png`']?.()
    : JSON.parse(given);
  const type = codeIn(row['media type'] ?? '');
  const outcome = await outcomeOf(`field${index}`, { body: { p } }, type);
  expect(outcome).toBe(codeIn(row['sent'] ?? ''));
});
