import { describe, expect, test } from 'vitest';
import { document, loadFiles, loadText, type Outcome } from './loading.ts';

/** What a hostile document comes to: it is refused for a reason, or loaded. */
function outcomeOf({ loaded, told }: Outcome): string {
  if (loaded !== undefined) return 'loaded';
  return told[0]?.split(' ')[1] ?? 'refused without a reason';
}

const yaml = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {}\n";

function nested(depth: number, open: string, close: string): string {
  return `${document().slice(0, -1)},"x-deep":${open.repeat(depth)}1${close.repeat(depth)}}`;
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function schemas(entries: Iterable<readonly [string, unknown]>, openapi = '3.0.3'): string {
  return document({ openapi, components: { schemas: Object.fromEntries(entries) } });
}

function doubling($ref: string): unknown {
  return {
    responses: { 200: { description: 'd' } },
    callbacks: { a: { x: { $ref } }, b: { x: { $ref } } },
  };
}

describe('a document that is too much', () => {
  const bomb = times(
    9,
    (level) => `  a${level + 1}: &a${level + 1} [${times(9, () => `*a${level}`).join()}]`,
  );
  const merges = times(
    25,
    (level) => `  a${level + 1}: &a${level + 1} {<<: *a${level}, b: *a${level}, c: *a${level}}`,
  );

  test.each([
    [
      'aliases of aliases, 9^9',
      `${yaml}x-a:\n  a0: &a0 [a]\n${bomb.join('\n')}\n`,
      'load/alias-bomb',
    ],
    [
      'merge keys of merge keys',
      `${yaml}x-a:\n  a0: &a0 {x: 1}\n${merges.join('\n')}\n`,
      'load/alias-bomb',
    ],
    ['an alias within its anchor', `${yaml}x-a: &a {b: *a}\n`, 'load/alias-bomb'],
    ['lists 10,000 deep', nested(10_000, '[', ']'), 'load/too-deep'],
    ['objects 100,000 deep', nested(100_000, '{"a":', '}'), 'load/too-deep'],
    [
      'YAML lists 10,000 deep',
      `${yaml}x-a: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`,
      'load/too-deep',
    ],
    [
      'YAML mappings 2,000 deep',
      times(2_000, (depth) => `${' '.repeat(depth)}a:\n`).join(''),
      'load/too-deep',
    ],
    [
      'a path of a million characters',
      document({ paths: { [`/${'a'.repeat(1e6)}`]: {} } }),
      'load/too-long',
    ],
    ['a string of 10 MB', document({ 'x-a': 'a'.repeat(1e7) }), 'loaded'],
    ['a string of 5 million escapes', document({ 'x-a': '"\\'.repeat(2_500_000) }), 'loaded'],
    ['a YAML string of 10 MB', `${yaml}x-a: "${'a'.repeat(1e7)}"\n`, 'loaded'],
    ['200,000 enum values', schemas([['A', { enum: times(200_000, String) }]]), 'loaded'],
    [
      '50,000 tags',
      document({ tags: times(50_000, (index) => ({ name: `t${index}` })) }),
      'loaded',
    ],
    [
      '50,000 parameters',
      document({
        paths: {
          '/a': {
            parameters: times(50_000, (index) => ({ name: `p${index}`, in: 'query', schema: {} })),
          },
        },
      }),
      'loaded',
    ],
    [
      '30,000 references in a row',
      schemas([
        ...times(30_000, (index): [string, unknown] => [
          `a${index}`,
          { $ref: `#/components/schemas/a${index + 1}` },
        ]),
        ['a30000', {}],
      ]),
      'loaded',
    ],
    [
      '10,000 references to nothing',
      schemas(times(10_000, (index) => [`a${index}`, { $ref: `#/components/schemas/b${index}` }])),
      'load/unresolved-ref',
    ],
    [
      '20,000 schemas with an $id',
      schemas(
        times(20_000, (index) => [
          `a${index}`,
          { $id: `s${index}`, $ref: `s${(index + 1) % 20_000}` },
        ]),
        '3.1.0',
      ),
      'load/circular-ref',
    ],
    [
      '100,000 faults',
      document({ paths: Object.fromEntries(times(100_000, (index) => [`a${index}`, 1])) }),
      'load/invalid',
    ],
    [
      '100,000 equal keys',
      `${document().slice(0, -1)},"x-a":{${times(100_000, () => '"a":1').join()}}}`,
      'loaded',
    ],
    [
      'a reference of 2 MB',
      schemas([['A', { $ref: `#/${'a/'.repeat(1e6)}` }]]),
      'load/unresolved-ref',
    ],
    [
      'path items that double at each step',
      document({
        paths: Object.fromEntries(
          times(40, (index) => [
            `/p${index}`,
            { post: doubling(`#/paths/~1p${(index + 1) % 40}`) },
          ]),
        ),
      }),
      'load/circular-ref',
    ],
    [
      'a schema that is all of itself',
      schemas([['A', { allOf: [{ $ref: '#/components/schemas/A' }] }]]),
      'loaded',
    ],
    [
      '2^18 combinations',
      schemas([['A', { allOf: times(18, () => ({ oneOf: [{}, {}] })) }]]),
      'loaded',
    ],
  ])('%s: neither a crash nor a hang', async (_, text, expected) => {
    expect(outcomeOf(await loadText(text))).toBe(expected);
  });

  test('as deep as is allowed, it is also told of its faults', async () => {
    const depth = 240;
    const text = `{"components":{"schemas":{"A":${'{"items":'.repeat(depth)}{"type":5}${'}'.repeat(depth)}}},${document().slice(1)}`;
    const { messages } = await loadText(text);
    expect(messages).toEqual(['"type" must be a string, but is the number 5.']);
  });
});

describe('names that mean something in JavaScript', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

  test('are names of properties and components', async () => {
    const member = (name: string): string => `${JSON.stringify(name)}:{"type":"string"}`;
    const refer = (name: string): string => `"r_${name}":{"$ref":"#/components/schemas/${name}"}`;
    const text = `${document().slice(0, -1)},"components":{"schemas":{"A":{"properties":{${names.map(member).join()}}},${names.map(member).join()},${names.map(refer).join()}}}}`;
    for (const file of ['api.json', 'api.yaml']) {
      const { loaded, told } = await loadFiles({ [file]: text });
      expect(told).toEqual([]);
      expect(JSON.stringify(loaded?.document)).toBe(JSON.stringify(JSON.parse(text)));
    }
    expect(Object.prototype).not.toHaveProperty('type');
  });

  test('are names of what comes from other files, and of parts of Swagger documents', async () => {
    const bundled = await loadFiles({
      'api.json': document({ components: { schemas: { A: { $ref: 'b.json#/__proto__' } } } }),
      'b.json': '{"__proto__":{"items":{"$ref":"#/constructor"}},"constructor":{"type":"string"}}',
    });
    expect(JSON.stringify(bundled.loaded?.document.components)).toBe(
      '{"schemas":{"A":{"items":{"$ref":"#/components/schemas/constructor"}},"constructor":{"type":"string"}}}',
    );
    const swagger = `{"swagger":"2.0","info":{"title":"a","version":"1"},"paths":{},"parameters":{"__proto__":{"name":"__proto__","in":"query","type":"string"}},"responses":{"__proto__":{"description":"d","headers":{"__proto__":{"type":"string"}}}},"x-a":{"__proto__":1}}`;
    const { loaded, told } = await loadText(swagger);
    expect(told).toEqual([]);
    const components = JSON.stringify(loaded?.document.components);
    expect(components).toContain('"parameters":{"__proto__":{"name":"__proto__"');
    expect(components).toContain('"headers":{"__proto__":{"schema"');
  });

  test('do not lead out of the document', async () => {
    const { messages } = await loadText(
      schemas([
        ['A', { $ref: '#/constructor/prototype' }],
        ['B', { $ref: '#/__proto__' }],
      ]),
    );
    expect(messages).toEqual([
      'The document has nothing at "#/constructor/prototype".',
      'The document has nothing at "#/__proto__".',
    ]);
  });
});
