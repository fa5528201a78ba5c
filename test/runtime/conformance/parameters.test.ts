import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentOf, emitted, moduleOf } from '../../support/emitted.ts';
import { loopback, type Loopback, type Sent } from './loopback.ts';
import { codeIn, codesIn, readTable, type Row } from './read-table.ts';

/** The values of the table's columns have schemas that fit. */
const schemas: Readonly<Record<string, object>> = {
  '""': { type: 'string' },
  '"blue"': { type: 'string' },
  '"a/b %2F"': { type: 'string' },
  '["a","b"]': { type: 'array', items: { type: 'string' } },
  '{"R":100,"G":200}': {
    type: 'object',
    properties: { R: { type: 'integer' }, G: { type: 'integer' } },
  },
  '{"a":{"b":1},"c":[2,3]}': {
    type: 'object',
    properties: { a: { type: 'object' }, c: { type: 'array' } },
  },
  '[{"n":1},{"n":2}]': {
    type: 'array',
    items: { type: 'object', properties: { n: { type: 'integer' } } },
  },
};

const rows = readTable('Parameters');

/** An operation for each row and shape. */
const cells = rows.flatMap((row, index) =>
  Object.entries(schemas).map(([value, schema], column) => ({
    row,
    id: `send${index}x${column}`,
    value,
    schema,
    cell: row[`\`${value}\``] ?? 'no such column',
  })),
);

let server: Loopback;
// oxlint-disable-next-line typescript/no-explicit-any -- its types are emitted, too
let client: any;

beforeAll(async () => {
  const paths = cells.map(({ row, id, schema }) => [
    row['place'] === 'path' ? `/${id}/{p}` : `/${id}`,
    { get: { operationId: id, parameters: [parameterOf(row, schema)], responses: { 204: {} } } },
  ]);
  const folder = await emitted(documentOf(Object.fromEntries(paths), '3.2.0'));
  const { createExample } = await moduleOf(folder, 'index.ts');
  server = await loopback();
  client = createExample({ baseUrl: server.origin, retry: { attempts: 1 } });
});
afterAll(() => server[Symbol.asyncDispose]());

function parameterOf(row: Row, schema: object): object {
  const { place, explode } = row;
  const [style = '', allowReserved] = codesIn(row['style or media type'] ?? '');
  const common = { name: 'p', in: place, ...(place === 'path' && { required: true }) };
  if (style.includes('/')) return { ...common, content: { [style]: { schema } } };
  return {
    ...common,
    style,
    explode: explode === 'yes',
    schema,
    ...(allowReserved && { allowReserved: true }),
  };
}

function sentIn(place: string | undefined, { url, headers }: Sent): unknown {
  switch (place) {
    case 'path':
      return url.replace(/^\/[^/]*\//, '');
    case 'header':
      return headers['p'];
    case 'cookie':
      return headers['cookie'];
    default:
      return url.replace(/^[^?]*\??/, '');
  }
}

describe.each(rows.map((row) => [Object.values(row).slice(0, 3).join(' ').trim(), row] as const))(
  'A parameter: %s',
  (_name, row) => {
    test.each(cells.filter((one) => one.row === row).map((one) => [one.value, one] as const))(
      'sends %s as the table says',
      async (_value, { id, value, cell }) => {
        const before = server.requests.length;
        const call = async (): Promise<unknown> => client.api[id]({ p: JSON.parse(value) });
        if (cell === 'refused') {
          await expect(call()).rejects.toThrow();
          expect(server.requests.length).toBe(before);
          return;
        }
        await call();
        expect(sentIn(row['place'], server.requests[before]!)).toBe(codeIn(cell));
      },
    );
  },
);
