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

  test.each(names.filter(isBroken))('%s is refused with its place', async (name) => {
    const { refusal } = await readText(await readFile(`${spectrum}csvs/${name}.csv`), 'csv');
    expect(refusal).toContain('a quote is found on field 1 at line 2');
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
    ['a quote that never closes', 'a\n"x\n', 'Quote'],
    ['letters after a closing quote', 'a\n"x"y\n', 'line 2'],
  ])('with %s is refused, with the place', async (_, text, reason) => {
    expect(await cellsOf(text)).toContain(reason);
  });

  test('whose unnamed column holds something is refused in that row', async () => {
    expect(await cellsOf('a,\n1,\n2,x\n')).toEqual([{ a: '1' }, expect.stringContaining('"x"')]);
  });

  test('of JSON lines may hold separators of lines within its texts', async () => {
    expect(await cellsOf('{"a":"\u2028"}\n', 'jsonl')).toEqual([{ a: '\u2028' }]);
  });
});
