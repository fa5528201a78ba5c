import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { complete } from '../../../generator/complete/complete.ts';
import { meraki } from '../../../generator/dialects/meraki.ts';
import { knownTemplates } from '../../../templates/index.ts';
import { liveStatements } from '../../support/top-level.ts';
import { api } from './arbitrary-api.ts';

/** `LAYOUT_CASES=20000` for a thorough run. */
const numRuns = Number(process.env['LAYOUT_CASES'] ?? 2000) / 10;
const settings = { printWidth: 100, singleQuote: true };

for (const template of knownTemplates.standard)
  test(`prettier changes nothing in what ${template.name} prints`, { timeout: 600_000 }, () =>
    fc.assert(
      fc.asyncProperty(api, fc.boolean(), async (of, isMeraki) => {
        const dialect = isMeraki ? meraki : undefined;
        const whole = complete(of, isMeraki ? { name: 'meraki' } : {}, dialect);
        const files = await template.files(whole);
        for (const { path, text } of files) {
          // Prettier knows no parser for it.
          if (path === '.gitignore') continue;
          expect(text).toBe(await format(text, { ...settings, filepath: path }));
          if (path.endsWith('.ts')) expect(liveStatements(text)).toEqual([]);
        }
      }),
      { seed: 20260731, numRuns },
    ),
  );

test('leave layout to the printing kit: none counts columns', async () => {
  const folder = fileURLToPath(new URL('../../../templates/', import.meta.url));
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(names.map((name) => readFile(folder + name, 'utf8')));
  const measuring = names.filter((_, index) =>
    /\b(?:WIDTH\b|fits\(|indentation\b)|\/layout\.ts'/.test(texts[index] ?? ''),
  );
  expect(measuring).toEqual([]);
});
