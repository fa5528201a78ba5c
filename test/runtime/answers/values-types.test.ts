import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { compile } from '../../support/compile.ts';
import { emit } from '../../support/emit.ts';
import { documentOf, emitted, moduleOf } from '../../support/emitted.ts';
import { at, document, json, type Loose, type Values } from './values-api.ts';

describe.each([
  ['zod', (schema: Loose, value: unknown) => schema.safeParse(value).success],
  [
    'standard-schema',
    (schema: Loose, value: unknown) => !schema['~standard'].validate(value).issues,
  ],
  ['valibot', (schema: Loose, value: unknown) => !schema['~standard'].validate(value).issues],
])('a validator by %s', (template, accepts) => {
  test('takes the values of the client, and JSON of errors', async () => {
    const folder = await emitted(document, {
      dates: 'Date',
      int64: 'bigint',
      templates: [template],
    });
    if (template !== 'standard-schema') {
      await mkdir(join(folder, 'node_modules'));
      const library = fileURLToPath(new URL(`../../../node_modules/${template}`, import.meta.url));
      await symlink(library, join(folder, 'node_modules', template), 'junction');
    }
    const { thingSchema, problemJsonSchema } = await moduleOf(folder, `${template}.ts`);
    const thing = { id: 2n ** 63n - 1n, at: new Date(0), pet: { kind: 'cat', born: new Date(1) } };
    expect(accepts(thingSchema, thing)).toBe(true);
    expect(accepts(thingSchema, { ...thing, id: 1 })).toBe(false);
    expect(accepts(thingSchema, { ...thing, at: '2024-01-01T00:00:00Z' })).toBe(false);
    expect(accepts(thingSchema, { ...thing, at: new Date(Number.NaN) })).toBe(false);
    expect(accepts(problemJsonSchema, { at: '2024-01-01T00:00:00Z', id: 1 })).toBe(true);
  });
});

describe('what is emitted', () => {
  const uses = {
    Date: `const at: Date = thing.at; const seen: Date | null | undefined = thing.seen;`,
    Temporal: `const at: bigint = thing.at.epochNanoseconds; const seen: string | undefined = thing.seen?.toJSON();`,
  };

  test.each([
    ['Date', 'typescript'],
    ['Date', 'typescript-5.9'],
    ['Temporal', 'typescript'],
    ['Temporal', 'typescript-5.9'],
  ] as const)('compiles with %s under %s', { timeout: 120_000 }, async (dates, compiler) => {
    const templates = ['standard-schema'];
    const folder = await emitted(document, { dates, int64: 'bigint', templates });
    const program = `import { createExample } from './index.js';
export async function main(): Promise<void> {
  const { things } = createExample({});
  const thing = await things.putThing({ id: 1n, ids: [2n] });
  const id: bigint = thing.id; const count: number | undefined = thing.count;
  ${uses[dates]}
  await things.putThing({ id, body: thing });
  // @ts-expect-error -- a number is no long integer
  await things.putThing({ id: 1 });
  // @ts-expect-error -- a text is no date
  const text: string = thing.at;
  console.log(id, count, at, seen, text);
}
`;
    await writeFile(join(folder, 'src', 'program.ts'), program);
    expect(await compile(folder, ['src'], compiler)).toEqual([]);
  });

  const textOf = async (options: Values): Promise<string> => {
    const { files } = await emit(document, { name: 'example', ...options });
    return [...files]
      .map(([path, text]) => (path.startsWith('src/runtime') ? path : text))
      .join('\n');
  };

  test('is the same as ever without the options', async () => {
    const text = await textOf({});
    expect(text).not.toMatch(/bigint|Values|runtime\/values|: Date\b/);
  });

  test('has the types that the options ask for, and JSON in errors', async () => {
    const text = await textOf({ dates: 'Date', int64: 'bigint' });
    expect(text).toContain('seen?: Date | null;');
    expect(text).toContain('byName?: Record<string, bigint>;');
    expect(text).toMatch(/interface ProblemJson \{[^}]*at\?: string;[^}]*id\?: number;/s);
  });

  test('names Temporal, and no long integers where none are asked for', async () => {
    const text = await textOf({ dates: 'Temporal' });
    expect(text).toContain('times?: Instant[];');
    expect(text).not.toMatch(/bigint|int64'/);
  });

  test('carries nothing for a call that needs none of it', async () => {
    const { files } = await emit(document, { dates: 'Date', int64: 'bigint' });
    const text = files.get('src/things.ts') ?? '';
    expect(/export function getPlain[^]*?\n\}/.exec(text)?.[0]).not.toMatch(
      /Values|exact|answerTable/,
    );
  });

  test.each([
    [{ dates: 'Date', cli: { output: '/nowhere/cli' } }, '`dates` does not go with a command line'],
    [
      { int64: 'bigint', cli: { output: '/nowhere/cli' } },
      '`int64` does not go with a command line',
    ],
  ] as const)('is refused where JSON is all there is: %j', async (options, message) => {
    const { diagnostics } = await emit(document, options);
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'config/values',
        severity: 'error',
        message: expect.stringContaining(message),
      }),
    );
  });

  const long = { type: 'object', properties: { n: { type: 'integer', format: 'int64' } } };
  const post = (mediaType: string, part: object): object => ({
    post: {
      operationId: 'a',
      requestBody: {
        content: { [mediaType]: { schema: { type: 'object', properties: { part } } } },
      },
      responses: { 204: {} },
    },
  });
  const query = (parameter: object): object => ({
    get: {
      operationId: 'a',
      parameters: [{ name: 'q', in: 'query', ...parameter }],
      responses: { 204: {} },
    },
  });

  test.each([
    ['a part', post('multipart/form-data', long), true],
    ['a list of parts', post('multipart/form-data', { type: 'array', items: long }), true],
    ['a field', post('application/x-www-form-urlencoded', long), true],
    ['a parameter', query(json(long)), true],
    ['a part that is one itself', post('multipart/form-data', long.properties.n), false],
    ['a body of JSON', post('application/json', long), false],
    ['a parameter that is one itself', query({ schema: long.properties.n }), false],
  ])('a long integer in JSON is told where it cannot be sent: %s', async (_, item, isTold) => {
    const { diagnostics } = await emit(documentOf({ '/a': item }), { int64: 'bigint' });
    const codes = diagnostics.map(({ code }) => code);
    expect(codes.includes('operation/long-integer-in-part')).toBe(isTold);
  });

  test('a union whose members nothing tells apart is a warning', async () => {
    const member = (schema: object): object => ({ type: 'object', properties: { at: schema } });
    const answer = json({ oneOf: [member(at), member({ type: 'string' })] });
    const { diagnostics } = await emit(
      documentOf({ '/a': { get: { operationId: 'a', responses: { 200: answer } } } }),
      { dates: 'Date' },
    );
    expect(diagnostics.map(({ code }) => code)).toContain('schema/indistinct-values');
  });
});
