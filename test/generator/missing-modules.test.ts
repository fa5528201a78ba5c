import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TemplateChoice } from '../../generator/config/config.ts';
import { generate } from '../../generator/generate.ts';
import type { Template } from '../../generator/template.ts';

const document = `
openapi: 3.1.0
info: { title: Pets, version: '1' }
servers: [{ url: 'https://pets.example' }]
paths:
  /owners:
    get:
      operationId: listOwners
      tags: [owners]
      responses: { '200': { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses: { '200': { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
components:
  schemas:
    Pet: { type: object, properties: { name: { type: string }, age: { type: integer }, id: { type: string } } }
`;

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'batchwright-missing-'));
  writeFileSync(join(root, 'openapi.yaml'), document);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

let count = 0;

function freshOutput(): string {
  count += 1;
  return join(root, `out-${count}`);
}

/** What a generation with these templates reports: code, message, hint and place. */
async function reported(
  templates: TemplateChoice,
  output: string = freshOutput(),
): Promise<readonly unknown[]> {
  const input = join(root, 'openapi.yaml');
  const { diagnostics } = await generate({ input, output, templates });
  return diagnostics.map(({ code, message, hint, file, line, column }) => ({
    code,
    message,
    hint,
    at: `${file?.slice(output.length + 1).replaceAll('\\', '/')}:${line}:${column}`,
  }));
}

/** Where a text stands in a file of an output. */
function placeIn(output: string, path: string, text: string): string {
  const before = readFileSync(join(output, path), 'utf8').split(text)[0]?.split('\n') ?? [];
  return `${path}:${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

/** A template of a user that prints one module. */
function printing(path: string, text: string): Template {
  return { name: 'own', files: () => [{ path, text }] };
}

describe('a template that is left out although other files need what it prints is reported', () => {
  test('where modules import it, with the place', async () => {
    const whole = freshOutput();
    await reported([], whole);
    expect(await reported({ 'types-module': false })).toEqual([
      {
        code: 'config/missing-module',
        message:
          '`src/index.ts` and 2 other files would need `src/types.ts`, which no template prints: ' +
          '`templates` leaves out `types-module`.',
        hint: 'Leave `types-module` on, or print `src/types.ts` with a template of your own.',
        at: placeIn(whole, 'src/index.ts', './types'),
      },
    ]);
  });

  test('where another stands in its place that prints something else', async () => {
    expect(await reported({ client: printing('src/other.ts', 'export {};\n') })).toMatchObject([
      { code: 'config/missing-module', message: expect.stringContaining('`src/client.ts`') },
    ]);
  });

  test('where the package names it as an entry point', async () => {
    expect(await reported({ barrel: false })).toMatchObject([
      { message: expect.stringMatching(/^`package\.json` would need `src\/index\.ts`/) },
    ]);
  });

  test('each module by itself, where a template prints several', async () => {
    const found = await reported({ 'tag-module': false });
    expect(found).toMatchObject([
      { message: expect.stringContaining('would need `src/owners.ts`') },
      { message: expect.stringContaining('would need `src/pets.ts`') },
    ]);
  });
});

describe('a template that is left out is fine', () => {
  test('where no file needs what it prints', async () => {
    expect(await reported({ readme: false, 'api-listing': false })).toEqual([]);
  });

  test('where another template prints the same module', async () => {
    const types = 'export interface Pet { readonly name?: string }\n';
    expect(await reported({ 'types-module': printing('src/types.ts', types) })).toEqual([]);
  });

  test('where somebody keeps the module in the output folder by hand', async () => {
    const output = freshOutput();
    mkdirSync(join(output, 'src'), { recursive: true });
    writeFileSync(join(output, 'src/types.ts'), 'export type Pet = unknown;\n');
    expect(await reported({ 'types-module': false }, output)).toEqual([]);
  });
});

test('a module that an earlier generation wrote counts as missing', async () => {
  const output = freshOutput();
  expect(await reported([], output)).toEqual([]);
  expect(await reported({ 'types-module': false }, output)).toHaveLength(1);
});
