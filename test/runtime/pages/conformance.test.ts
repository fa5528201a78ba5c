import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { rows } from './kinds.ts';
import { useListings, walk } from './listing.ts';

useListings({ overWire: true });

const lines: string[] = [];

test.each(rows.map((row) => [`${row.kind}: ${row.asks} → ${row.says}`, row] as const))(
  '%s',
  async (_name, { kind, asks, says, listing, first, rest }) => {
    const { items, asked, error } = await walk(listing, [first, ...rest], { body: {} });
    expect(error).toBeUndefined();
    expect(asked).toHaveLength(rest.length + 1);
    const expected = [first, ...rest].flatMap(({ body }) =>
      Array.isArray(body) ? body : (body as { items: readonly unknown[] }).items,
    );
    expect(items).toEqual(expected);
    lines.push(`| ${kind} | ${asks} | ${says} | \`${asked[1]?.replace('/v1', '')}\` |`);
  },
);

test('The table in docs/conformance.md says what was sent', async () => {
  const file = fileURLToPath(new URL('../../../docs/conformance.md', import.meta.url));
  const head =
    '| kind | the request may say | the answer says | the second request |\n| - | - | - | - |';
  const table = await format(`${head}\n${lines.join('\n')}\n`, { parser: 'markdown' });
  const page = await readFile(file, 'utf8');
  // `vitest -u` writes it anew.
  await expect(
    page.replace(/^\| kind +\| the request may say[^]*?\n(?=\n)/m, () => table),
  ).toMatchFileSnapshot(file);
});
