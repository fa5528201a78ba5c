import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { root } from './blocks.ts';

// `npm run bench:templates` writes what the templates cost into docs/templates.md.

interface Page {
  readonly withCosts: (page: string, run: object) => Promise<string>;
}
const { withCosts }: Page = await import(`${root}bench/template-costs.mjs`);

const run = {
  names: ['the client alone', 'zod'],
  costs: [
    { title: 'Small', seconds: [2, 5], typeErrors: 0 },
    { title: 'Large', seconds: [4, 6], typeErrors: 0 },
  ],
  runs: 3,
  cores: 2,
  load: 0.25,
  minutes: 11.2,
};
const page = await readFile(`${root}docs/templates.md`, 'utf8');
const around = (text: string): readonly string[] =>
  text.split(/^## What the opt-in .*\n[^]*?(?=^## )/m);

test('the section holds the ratios, and the rest of the page stays', async () => {
  const written = await withCosts(page, run);
  expect(written).toContain('| the client alone | 2.0 s | 4.0 s |');
  expect(written).toContain('| zod              |  2.50 |  1.50 |');
  expect(written).toContain('these are medians of 3 turns on 2 cores at load 0.3');
  expect(around(written)).toEqual(around(page));
});

test('what was written is written again in the same way', async () => {
  const once = await withCosts(page, run);
  expect(await withCosts(once, run)).toBe(once);
});

test('type errors are told', async () => {
  const costs = [{ title: 'Small', seconds: [2, 5], typeErrors: 7 }];
  expect(await withCosts(page, { ...run, costs })).toContain('Small has 7');
});

test('a page without the section is refused', async () => {
  await expect(withCosts('# Templates\n', run)).rejects.toThrow('no section');
});
