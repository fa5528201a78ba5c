import { describe, expect, test } from 'vitest';
import { complete } from '../../generator/complete/complete.ts';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.ts';
import { packageRoot } from '../../generator/own-package.ts';
import { readApi } from '../../generator/read-api.ts';
import { readRuntime } from '../../generator/runtime.ts';
import { render } from '../../generator/runtime-files.ts';
import { cliTemplates } from '../../templates/cli/index.ts';
import { template as standardSchema } from '../../templates/opt-in/standard-schema.ts';
import { template as tanstackQuery } from '../../templates/opt-in/tanstack-query.ts';
import { template as valibot } from '../../templates/opt-in/valibot.ts';
import { template as zod } from '../../templates/opt-in/zod.ts';
import { print } from '../support/stages.ts';

const invisible = {
  'a Hangul filler': '\u3164',
  'a halfwidth filler': '\uFFA0',
  'a Braille blank': '\u2800',
  'an annotation': '\uFFF9',
  'a tag': '\u{E0041}',
  'a zero-width joiner': '\u200D',
  'a variation selector': '\uFE0F',
};

function documentWith(text: string): unknown {
  return {
    openapi: '3.0.3',
    info: { title: `Things${text}`, version: '1', description: text },
    tags: [{ name: `tag${text}`, description: text }],
    paths: {
      [`/things${text}`]: {
        get: {
          operationId: `getThings${text}`,
          summary: `All${text}`,
          tags: [`tag${text}`],
          parameters: [{ name: `q${text}`, in: 'query', schema: { type: 'string' } }],
          responses: {
            200: {
              description: text,
              content: {
                'application/json': { schema: { $ref: '#/components/schemas/Thing' } },
              },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        Thing: { type: 'object', properties: { [`na${text}me`]: { enum: [`a${text}`, 'b'] } } },
      },
    },
  };
}

describe('what shows nothing is in no file name and in no file', () => {
  test.each(Object.entries(invisible))('%s', async (_, text) => {
    const { files } = await print(documentWith(text));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) expect(file.path + file.text).not.toContain(text);
  });
});

test.each(Object.entries(invisible))(
  'nor in a command line, or what an opt-in template prints: %s',
  async (_, text) => {
    const stdin = (async function* () {
      yield Buffer.from(JSON.stringify(documentWith(text)));
    })();
    const read = await readApi({ input: '-', lenient: true }, new Diagnostics(), { stdin });
    if (!read) throw new Error('The document can be read.');
    const api = complete(read.api, { cli: { output: 'cli' } }, read.dialect);
    const templates = [...cliTemplates, standardSchema, tanstackQuery, valibot, zod];
    const runtime = await readRuntime(new URL('templates/runtime/', packageRoot));
    const files = await render(templates, api, runtime);
    expect(files.length).toBeGreaterThan(9);
    for (const file of files) expect(file.path + file.text).not.toContain(text);
  },
);

test.each(Object.entries(invisible))('a name with %s keeps its value', async (_, text) => {
  const { files } = await print(documentWith(text));
  const all = files.map((file) => file.text).join('\n');
  const units = Array.from(text, (character) => character);
  const escaped = units
    .flatMap((character) =>
      Array.from({ length: character.length }, (__, at) => character.charCodeAt(at)),
    )
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
  expect(all).toContain(`'na${escaped}me'`);
});
