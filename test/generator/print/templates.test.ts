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

for (const template of [...knownTemplates.standard, ...knownTemplates.optIn])
  test(`prettier changes nothing in what ${template.name} prints`, { timeout: 600_000 }, () =>
    fc.assert(
      fc.asyncProperty(api, fc.boolean(), async (of, isMeraki) => {
        const dialect = isMeraki ? meraki : undefined;
        const whole = complete(of, isMeraki ? { name: 'meraki' } : {}, dialect);
        const files = await template.files(whole);
        for (const { path, text } of files) {
          expect(text).toBe(await format(text, { ...settings, filepath: path }));
          if (path.endsWith('.ts')) expect(liveStatements(text)).toEqual([]);
        }
      }),
      { seed: 20260731, numRuns },
    ),
  );
