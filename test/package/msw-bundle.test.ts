import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate } from '../../generator/generate.ts';
import { root } from './blocks.ts';

// What a bundle holds of the module that the template `msw` prints.

const document = `
openapi: 3.1.0
info: { title: Things, version: '1' }
servers: [{ url: 'https://things.example' }]
paths:
  /things/mine:
    get:
      operationId: getMine
      responses: { 200: { description: '', content: { application/json: { schema: { const: mine } } } } }
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: getThing
      responses:
        200: { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
        404: { description: '', content: { application/json: { schema: { type: object, properties: { message: { type: string } } } } } }
    put:
      operationId: updateThing
      responses: { 200: { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Thing' }, example: { id: shown } } } } }
    delete:
      operationId: deleteThing
      responses: { 204: { description: '' } }
  /cursors:
    get:
      operationId: getCursors
      parameters: [{ name: cursor, in: query, schema: { type: string } }]
      responses: { 200: { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Things' } } } } }
components:
  schemas:
    Things:
      type: object
      properties: { items: { type: array, items: { $ref: '#/components/schemas/Thing' } }, next_cursor: { type: string } }
    Thing:
      type: object
      required: [id]
      properties:
        id: { type: string, minLength: 3 }
        child: { $ref: '#/components/schemas/Thing' }
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-msw-bundle-'));
  const input = join(folder, 'openapi.yaml');
  await writeFile(input, document);
  const output = join(folder, 'client');
  await generate({ input, output, templates: ['msw'] });
  await symlink(`${root}node_modules`, join(output, 'node_modules'), 'junction');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a bundle of one handler', () => {
  const bundle = async (text: string): Promise<string> => {
    const resolveDir = join(folder, 'client/src');
    const stdin = { contents: text, resolveDir, loader: 'ts' } as const;
    const options = { bundle: true, minify: true, format: 'esm', write: false } as const;
    const { outputFiles } = await build({ ...options, stdin, external: ['msw'] });
    return outputFiles[0]?.text ?? '';
  };

  test.each([
    ['getMineHandler', ['"mine"'], ['"minLength":3', '"next_cursor"', '"message"', '"shown"']],
    ['getCursorsHandler', ['"minLength":3', '"next_cursor"'], ['"mine"', '"message"']],
    ['getThingHandler', ['"minLength":3', '"message"'], ['"next_cursor"', '"mine"', '"shown"']],
    ['deleteThingHandler', ['"deleteThing"'], ['"minLength":3', '"next_cursor"', '"mine"']],
  ])('%s has the data that it needs and no other', async (handler, needed, others) => {
    const text = await bundle(`import { ${handler} } from './msw.js'; console.log(${handler}());`);
    const whole = await bundle(`import { handlers } from './msw.js'; console.log(handlers());`);
    expect(needed.filter((part) => !text.includes(part))).toEqual([]);
    expect(others.filter((part) => text.includes(part))).toEqual([]);
    expect(others.filter((part) => !whole.includes(part))).toEqual([]);
  });
});
