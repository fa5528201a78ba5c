import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { documentOf, emitted, moduleOf } from '../../support/emitted.ts';
import { loopback, type Loopback } from './loopback.ts';
import { codeIn, codesIn, readTable } from './read-table.ts';

const schemes = readTable('Schemes of security');
const rows = readTable('Security');

let server: Loopback;
// oxlint-disable-next-line typescript/no-explicit-any -- its types are emitted, too
let clientOf: (given: object) => any;

beforeAll(async () => {
  const paths = rows.map((row, index) => {
    const asked = codeIn(row['the operation says'] ?? '');
    const security = asked === '' ? {} : (parse(asked) as object);
    return [
      `/secured${index}`,
      { get: { operationId: `secured${index}`, ...security, responses: { 204: {} } } },
    ];
  });
  const document = JSON.parse(documentOf(Object.fromEntries(paths), '3.2.0')) as object;
  const securitySchemes = Object.fromEntries(
    schemes.map((row) => [
      codeIn(row['name'] ?? ''),
      parse(codeIn(row['the document says'] ?? '')),
    ]),
  );
  const folder = await emitted(
    JSON.stringify({ ...document, security: [{ token: [] }], components: { securitySchemes } }),
  );
  const { createExample } = await moduleOf(folder, 'index.ts');
  server = await loopback();
  clientOf = (given) => createExample({ baseUrl: server.origin, retry: { attempts: 1 }, ...given });
});
afterAll(() => server[Symbol.asyncDispose]());

const credentials = new Map(
  schemes.map((row) => [codeIn(row['name'] ?? ''), parse(codeIn(row['given'] ?? '')) as unknown]),
);

/** What tells the server who asks: `name: value` of headers, and the query. */
async function sentBy(index: number, given: readonly string[]): Promise<readonly string[]> {
  const options = Object.fromEntries(given.map((name) => [name, credentials.get(name)]));
  const before = server.requests.length;
  try {
    await clientOf(options).api[`secured${index}`]();
  } catch (error) {
    // A client without the credential that is asked for says which it lacks.
    const isMissing = error instanceof TypeError && /needs a credential/.test(error.message);
    if (!isMissing) expect(error).toMatchObject({ code: 'refused' });
    expect(server.requests.length).toBe(before);
    return ['refused'];
  }
  const { url, headers } = server.requests[before]!;
  const [, query] = url.split('?');
  const names = ['authorization', 'x-key', 'cookie'].filter((name) => headers[name] !== undefined);
  return [
    ...names.map((name) => `${name}: ${headers[name]}`),
    ...(query === undefined ? [] : [`?${query}`]),
  ];
}

test.each(
  rows.map(
    (row, index) =>
      [
        codeIn(row['the operation says'] ?? '') || 'nothing',
        codesIn(row['given'] ?? ''),
        codesIn(row['sent'] ?? ''),
        index,
      ] as const,
  ),
)('An operation that says %s is sent, of %j, %j', async (_says, given, sent, index) => {
  expect(await sentBy(index, given)).toEqual(sent);
});
