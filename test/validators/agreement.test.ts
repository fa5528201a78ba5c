import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../package/blocks.ts';
import { emitted, libraries } from './emitted.ts';
import { leftOut } from './left-out.ts';
import { compare, documentOf, drafts, isPresent, readCases } from './suite.ts';

// What emitted validators say beside the JSON Schema Test Suite, wrapped into OpenAPI documents.

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-validators-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.skipIf(!isPresent).each(drafts)(
  `$folder${isPresent ? '' : ' (skipped: the JSON Schema Test Suite is absent)'}`,
  (draft) => {
    test.each(Object.keys(libraries))(
      '%s answers as the suite does, but for what generation says is left out',
      { timeout: 120_000 },
      async (library) => {
        const { cases } = readCases(draft);
        const { validate, diagnostics } = await emitted(
          documentOf(draft, cases),
          library,
          join(folder, `${draft.folder}-${library.replace(' ', '-')}`),
          `${root}node_modules`,
        );
        const { total, disagreements } = compare(cases, validate);
        expect(total).toBeGreaterThan(300);
        expect(disagreements.map(({ text }) => text)).toEqual(leftOut[draft.folder]);
        const said = new Set(diagnostics.map(({ pointer = '' }) => pointer.split('/')[3]));
        const unsaid = disagreements.filter(({ name }) => !said.has(name));
        expect(unsaid).toEqual([]);
      },
    );
  },
);
