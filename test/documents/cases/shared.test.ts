import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { errorsOf } from './compiled.ts';
import { callAttempts } from './call-attempts.ts';
import { packageOf } from './package.ts';
import { pageAttempts } from './page-attempts.ts';
import { programs } from './programs.ts';

/** Every case that lies beside the checkout: its document, its call and what it says is expected. */
const home = fileURLToPath(new URL('../../../../shared/cases', import.meta.url));
const present = existsSync(home);
const documentOf = (name: string): string => readFileSync(join(home, name, 'openapi.yaml'), 'utf8');

const calls = { ...callAttempts, ...pageAttempts };

const dialects: Readonly<Record<string, string>> = {
  'axapi-500-report': 'axapi',
  'axapi-wrapped-failure': 'axapi',
  'graph-read-after-list': 'graph',
  'meraki-events-to-the-epoch': 'meraki',
};

const unless = present ? '' : ' (skipped: ../shared/cases is absent)';

describe.skipIf(!present)(`The cases that were reported${unless}`, () => {
  test('are all tried, by a call or by a program', () => {
    expect([...new Set([...Object.keys(calls), ...Object.keys(programs)])].toSorted()).toEqual(
      readdirSync(home).toSorted(),
    );
  });

  test.each(Object.entries(calls))('%s: called as reported', async (name, attempt) => {
    const dialect = dialects[name];
    await using opened = await packageOf(documentOf(name), dialect ? { dialect } : {});
    await attempt(opened);
  });

  test('those of types compile as expected', { timeout: 120_000 }, async () => {
    const packages = Object.entries(programs).map(([name, text]) => [
      name,
      { document: documentOf(name), code: text },
    ]);
    const errors = await errorsOf(Object.fromEntries(packages));
    expect(errors).toEqual(Object.fromEntries(packages.map(([name]) => [name, []])));
  });
});
