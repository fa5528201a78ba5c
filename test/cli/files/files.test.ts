import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { fuzzFiles, readText } from './fuzz.ts';

const spectrum = fileURLToPath(new URL('../../../node_modules/csv-spectrum/', import.meta.url));
const names = (await readdir(`${spectrum}csvs`)).map((name) => name.replace('.csv', ''));

describe('csv-spectrum', () => {
  // Its quotes stand within cells without quotes, which RFC 4180 does not have; its JSON is of another file.
  const isBroken = (name: string): boolean => name === 'location_coordinates';

  test.each(names.filter((name) => !isBroken(name)))(
    '%s is read as its JSON says',
    async (name) => {
      const { rows, refusal } = await readText(
        await readFile(`${spectrum}csvs/${name}.csv`),
        'csv',
      );
      expect(refusal).toBeUndefined();
      expect(rows.map(({ cells }) => Object.fromEntries(cells))).toEqual(
        JSON.parse(await readFile(`${spectrum}json/${name}.json`, 'utf8')),
      );
    },
  );

  test.each(names.filter(isBroken))('%s is refused row by row, with the place', async (name) => {
    const { rows } = await readText(await readFile(`${spectrum}csvs/${name}.csv`), 'csv');
    expect(rows.length).toBeGreaterThan(0);
    for (const { fault, line, number } of rows)
      expect([fault, line]).toEqual([expect.stringContaining('quotes'), number + 1]);
  });

  test('has the files that are known', () => {
    expect(names.length).toBeGreaterThanOrEqual(12);
  });
});

// `FUZZ_FILES=20000 npx vitest run test/cli/files` is the long form.
const count = Number(process.env['FUZZ_FILES'] ?? 500);
const seed = Number(process.env['FUZZ_SEED'] ?? 1);

test(
  `${count} mutated files are read right, or refused with their place`,
  { timeout: 600_000 },
  async () => {
    expect((await fuzzFiles(count, seed)).slice(0, 5)).toEqual([]);
  },
);

const cellsOf = async (
  text: string | Uint8Array,
  format: 'csv' | 'jsonl' | 'json' = 'csv',
): Promise<unknown> => {
  const { rows, refusal } = await readText(text, format, 7);
  return refusal ?? rows.map(({ cells, fault }) => fault ?? Object.fromEntries(cells));
};

describe('a file', () => {
  test.each([
    ['UTF-16, as spreadsheets write it', Buffer.from('\uFEFFa\tb\né\t2\n', 'utf16le')],
    ['UTF-8 with two marks', '\uFEFF\uFEFFa\tb\né\t2\n'],
    ['a first line that says the separator', 'sep=;\r\na;b\r\né;2\r\n'],
    ['line ends of three kinds', 'a,b\r\né,2\n'],
    ['line ends of old Macs', 'a,b\ré,2\r'],
    ['columns without a name that are empty', 'a,b,,\né,2,,\n'],
  ])('in %s is read', async (_, text) => {
    expect(await cellsOf(text)).toEqual([{ a: 'é', b: '2' }]);
  });

  test.each([
    ['Windows-1252', Buffer.from('a\nx\ny\nM\xfcller\n', 'latin1'), 'Line 4 is not text in UTF-8'],
    ['a letter cut in two', Buffer.from([97, 10, 0xc3]), 'Line 2 is not text in UTF-8'],
    ['a quote that never closes', 'a\nx\n"y\nz\n', 'row 2 (line 3), column a: "\\"y'],
    ['a quote after spaces', 'a\n "x\ny"\nz\n', 'row 1 (line 2), column a: " \\"x'],
    ['letters after quotes, and no end', 'a\nx\n"x"y"\nz\n', 'row 2 (line 3)'],
    ['a quote in its head', 'a"b,c\n1,2\n', 'line 1'],
  ])('with %s is refused, with the place', async (_, text, reason) => {
    expect(await cellsOf(text)).toContain(reason);
  });

  test.each([
    ['an inch', '5" pipe'],
    ['two inches', '5" pipe, 6" pipe'.replace(',', '')],
    ['letters after a closing quote', '"x"y'],
    ['quotes that are not doubled', '"He said "hi" to me"'],
    ['quotes after spaces', ' "x"'],
    ['spaces after a closing quote', '"x" '],
  ])('with %s is read on where the next row begins', async (_, cell) => {
    for (const size of [1, 2, 7, 1_000]) {
      const text = `a,b\n1,x\n${cell},y\r\n2,"z\n"\n${cell},w`;
      const { rows, refusal } = await readText(text, 'csv', size);
      expect(refusal).toBeUndefined();
      expect(rows.map((row) => [row.number, row.line, row.fault && row.column])).toEqual([
        [1, 2, undefined],
        [2, 3, 'a'],
        [3, 5, undefined],
        [4, 6, 'a'],
      ]);
      expect(rows[1]?.value?.startsWith(cell.trimEnd())).toBe(true);
      expect(Object.fromEntries(rows[2]?.cells ?? [])).toEqual({ a: '2', b: 'z\n' });
    }
  });

  test('whose unnamed column holds something is refused in that row', async () => {
    expect(await cellsOf('a,\n1,\n2,x\n')).toEqual([{ a: '1' }, expect.stringContaining('"x"')]);
  });

  test('of JSON lines may hold separators of lines within its texts', async () => {
    expect(await cellsOf('{"a":"\u2028"}\n', 'jsonl')).toEqual([{ a: '\u2028' }]);
  });
});

describe('a JSON list', () => {
  test('is read element by element, however it comes in pieces', async () => {
    const list = [{ a: 'x,]}"\\' }, { a: [1, { b: '[' }], c: null }, { a: '\u2028' }, {}];
    for (const indent of [0, 2])
      for (const size of [1, 2, 3, 50]) {
        const text = ` ${JSON.stringify(list, null, indent)}\n`;
        const { rows, refusal } = await readText(text, 'json', size);
        expect([refusal, rows.map(({ cells }) => Object.fromEntries(cells))]).toEqual([
          undefined,
          list,
        ]);
      }
  });

  test.each(['[]', ' [ ]\n', '[\n]'])('may be empty: %j', async (text) => {
    expect(await readText(text, 'json', 1)).toEqual({ rows: [], refusal: undefined });
  });

  test.each([
    ['[{"a":1},{"a":,},{"a":3}]', [1, undefined, 3]],
    ['[{"a":1},7,{"a":3}]', [1, undefined, 3]],
    ['[{"a":1},[{"a":2}],{"a":3}]', [1, undefined, 3]],
    ['[{"a":1},,{"a":3}]', [1, undefined, 3]],
    ['[{"a":1},{"a":3},]', [1, 3, undefined]],
  ])('with a faulty element is read on: %s', async (text, expected) => {
    const { rows, refusal } = await readText(text, 'json', 3);
    expect(refusal).toBeUndefined();
    expect(
      rows.map(({ fault, cells }) => (fault === undefined ? cells.get('a') : undefined)),
    ).toEqual(expected);
  });

  test.each([
    ['{"a":1}', 'line 1'],
    ['', 'line 1'],
    ['x', 'line 1'],
    ['[{"a":1}\n', 'row 1 (line 2)'],
    ['[{"a":1},\n{"a":"x},\n{"a":"y"}]', 'row 2 (line 2)'],
    ['[{"a":1},\n{"a":[2},\n{"a":3}]', 'row 2 (line 2)'],
    ['[{"a":1}]\n{"a":2}', 'nothing after the list'],
    ['[{"a":1}]]', 'nothing after the list'],
  ])('whose end of an element is not certain is refused there: %j', async (text, place) => {
    const { refusal } = await readText(text, 'json', 2);
    expect(refusal).toContain(place);
  });
});
