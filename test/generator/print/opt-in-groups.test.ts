import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generate } from '../../../generator/generate.ts';

// A tag may be called as an opt-in template is, whose module then has that name alone.

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'batchwright-groups-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(['zod', 'valibot', 'msw', 'MSW', 'standard-schema', 'tanstack-query', 'react-query'])(
  'a tag %s and all opt-in templates are files of their own',
  async (tag) => {
    const input = join(folder, `${tag}.json`);
    const responses = { 200: { description: '' } };
    const document = {
      openapi: '3.1.0',
      info: { title: 'Tags', version: '1' },
      paths: { '/a': { get: { tags: [tag], operationId: 'getA', responses } } },
    };
    await writeFile(input, JSON.stringify(document));
    const templates = ['zod', 'valibot', 'msw', 'standard-schema', 'tanstack-query'];
    const output = join(folder, tag);
    const { diagnostics } = await generate({ input, output, templates });
    expect(diagnostics).toEqual([]);
  },
);
