/** A document of a shape that nobody expects, and what is to become of it: `emitted`, or the code of the error. */
export interface Structure {
  readonly name: string;
  readonly outcome: string;
  /** Its text, or what its text is made of. */
  readonly document: unknown;
}

type Json = Readonly<Record<string, unknown>>;

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: unknown): Json => ({
  description: 'x',
  content: { 'application/json': { schema } },
});
const get = (schema: unknown, more: Json = {}): Json => ({
  get: { operationId: 'read', responses: { 200: json(schema) }, ...more },
});

function api(paths: unknown, schemas: unknown = {}, more: Json = {}): Json {
  return {
    openapi: '3.1.0',
    info: { title: 'T', version: '1.0.0' },
    servers: [{ url: 'https://api.example.com' }],
    paths,
    components: { schemas },
    ...more,
  };
}

/** A document whose only operation answers with the schema `A`. */
const schemas = (all: Json): Json => api({ '/a': get(ref('A')) }, all);
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);
const named = (count: number, schema: (index: number) => unknown): Json =>
  Object.fromEntries(range(count).map((index) => [`S${index}`, schema(index)]));
const nested = (depth: number, wrap: (inner: unknown) => unknown): unknown =>
  range(depth).reduce<unknown>((inner) => wrap(inner), { type: 'string' });
/** Text, as what it says is too deep to be printed. */
const deep = (open: string, close: string): string =>
  JSON.stringify(schemas({ A: 'HERE' })).replace(
    '"HERE"',
    `${open.repeat(10_000)}{}${close.repeat(10_000)}`,
  );
const large = 'x'.repeat(10_000_000);

const emitted = (name: string, document: unknown): Structure => ({
  name,
  outcome: 'emitted',
  document,
});
const refused = (name: string, outcome: string, document: unknown): Structure => ({
  name,
  outcome,
  document,
});

const circles: readonly Structure[] = [
  emitted('a schema that is itself in allOf', schemas({ A: { allOf: [ref('A')] } })),
  emitted('a schema that is itself in oneOf', schemas({ A: { oneOf: [ref('A')] } })),
  emitted(
    'a schema that is itself or null',
    schemas({ A: { anyOf: [ref('A'), { type: 'null' }] } }),
  ),
  emitted('a list of itself', schemas({ A: { type: 'array', items: ref('A') } })),
  emitted(
    'a map of itself and text',
    schemas({ A: { oneOf: [{ additionalProperties: ref('A') }, { type: 'string' }] } }),
  ),
  emitted(
    'a tuple of itself',
    schemas({ A: { type: 'array', prefixItems: [ref('A')], items: ref('A') } }),
  ),
  emitted(
    'two that are each other',
    schemas({ A: { allOf: [ref('B')] }, B: { allOf: [ref('A')], properties: { a: ref('A') } } }),
  ),
  emitted(
    'three in a circle through unions and intersections',
    schemas({
      A: { oneOf: [ref('B'), { type: 'string' }] },
      B: { allOf: [ref('C'), { properties: { b: ref('A') } }] },
      C: { anyOf: [ref('A'), ref('B'), { type: 'number' }] },
    }),
  ),
  emitted(
    'a hundred that are all of each other',
    schemas({
      A: ref('S0'),
      ...named(100, () => ({ allOf: range(100).map((i) => ref(`S${i}`)) })),
    }),
  ),
  emitted(
    'fifty with a discriminator that are all of each other',
    schemas({
      A: {
        oneOf: range(50).map((i) => ref(`S${i}`)),
        discriminator: { propertyName: 'kind' },
      },
      ...named(50, () => ({ allOf: range(50).map((i) => ref(`S${i}`)) })),
    }),
  ),
  emitted('references that never end', schemas({ A: ref('B'), B: ref('A') })),
  emitted('a reference to itself', schemas({ A: ref('A') })),
  emitted(
    'a parameter that is itself',
    api({ '/a': get({}, { parameters: [{ $ref: '#/paths/~1a/get/parameters/0' }] }) }),
  ),
];

const depths: readonly Structure[] = [
  refused('properties, ten thousand deep', 'load/too-deep', deep('{"properties":{"a":', '}}')),
  refused('lists, ten thousand deep', 'load/too-deep', deep('{"items":', '}')),
  refused('brackets, a hundred thousand deep', 'load/syntax', '['.repeat(100_000)),
  emitted(
    'nullable references in a row of five hundred',
    schemas({
      A: ref('S0'),
      ...named(498, (i) => (i < 497 ? { anyOf: [ref(`S${i + 1}`), { type: 'null' }] } : {})),
    }),
  ),
  emitted('lists, two hundred deep', schemas({ A: nested(200, (items) => ({ items })) })),
  emitted(
    'allOf, a hundred deep',
    schemas({ A: nested(100, (inner) => ({ allOf: [inner, { properties: { a: {} } }] })) }),
  ),
  emitted(
    'references in a row of ten thousand',
    schemas({ A: ref('S0'), ...named(10_000, (i) => (i < 9999 ? ref(`S${i + 1}`) : {})) }),
  ),
  emitted(
    'parents in a row of three thousand',
    schemas({
      A: ref('S0'),
      ...named(3000, (i) => ({
        allOf: i < 2999 ? [ref(`S${i + 1}`)] : [],
        properties: { [`p${i}`]: {} },
      })),
    }),
  ),
  emitted(
    'nullable references in a row of three thousand',
    schemas({
      A: ref('S0'),
      ...named(3000, (i) => (i < 2999 ? { anyOf: [ref(`S${i + 1}`), { type: 'null' }] } : {})),
    }),
  ),
];

const counts: readonly Structure[] = [
  emitted('an enum of twenty thousand values', schemas({ A: { enum: range(20_000).map(String) } })),
  emitted(
    'two to the eighteenth combinations',
    schemas({
      A: { allOf: range(18).map((i) => ref(`S${i}`)) },
      ...named(18, (i) => ({
        oneOf: [{ properties: { [`a${i}`]: {} } }, { properties: { [`b${i}`]: {} } }],
      })),
    }),
  ),
  emitted(
    'two to the eighteenth combinations in one place',
    schemas({
      A: {
        allOf: range(18).map((i) => ({
          oneOf: [{ properties: { [`a${i}`]: {} } }, { properties: { [`b${i}`]: {} } }],
        })),
      },
    }),
  ),
  emitted(
    'ten thousand parts',
    schemas({ A: { allOf: range(10_000).map((i) => ({ properties: { [`p${i}`]: {} } })) } }),
  ),
  emitted(
    'a thousand alternatives with a discriminator',
    schemas({
      A: {
        oneOf: range(1000).map((i) => ref(`S${i}`)),
        discriminator: {
          propertyName: 'kind',
          mapping: Object.fromEntries(range(1000).map((i) => [`k${i}`, ref(`S${i}`)['$ref']])),
        },
      },
      ...named(1000, (i) => ({ properties: { [`p${i}`]: {} } })),
    }),
  ),
  emitted(
    'twenty thousand properties, all required',
    schemas({
      A: {
        properties: Object.fromEntries(range(20_000).map((i) => [`p${i}`, {}])),
        required: range(20_000).map((i) => `p${i}`),
      },
    }),
  ),
  emitted(
    'twenty thousand required names that nobody declares',
    schemas({ A: { required: range(20_000).map((i) => `p${i}`) } }),
  ),
  refused(
    'five thousand schemas of one name',
    'load/too-long',
    schemas({
      A: {},
      ...Object.fromEntries(range(5000).map((i) => [`a${'-_. '[i % 4]}${'-'.repeat(i)}b`, {}])),
    }),
  ),
  emitted(
    'five hundred tags',
    api(
      Object.fromEntries(
        range(500).map((i) => [`/p${i}`, get({}, { operationId: `o${i}`, tags: [`t${i}`] })]),
      ),
    ),
  ),
  emitted(
    'two thousand operations',
    api(
      Object.fromEntries(
        range(2000).map((i) => [`/p${i}/{id}`, get(ref('A'), { operationId: `read${i}` })]),
      ),
      { A: { properties: { a: { type: 'string' } } } },
    ),
  ),
  emitted(
    'three thousand parameters',
    api({
      '/a': get(
        {},
        {
          parameters: range(3000).map((i) => ({ name: `p${i}`, in: 'query', schema: {} })),
        },
      ),
    }),
  ),
];

const longTexts: readonly Structure[] = [
  emitted(
    'texts of ten megabytes, wherever one may stand',
    api(
      { '/a': get(ref('A'), { operationId: large, tags: [large] }) },
      { A: { description: large, properties: { a: { enum: [large] } } } },
      { info: { title: large, version: '1.0.0' } },
    ),
  ),
  emitted(
    'a description of a million lines, and an operationId of ten million capitals',
    api(
      { '/a': get(ref('A'), { operationId: 'A'.repeat(10_000_000) }) },
      { A: { description: 'x\n'.repeat(1_000_000) } },
    ),
  ),
  refused('a path of ten megabytes', 'load/too-long', api({ [`/${large}`]: get({}) })),
  refused(
    'a path of ten million hashes',
    'load/too-long',
    api({ [`/${'#'.repeat(10_000_000)}}`]: get({}) }),
  ),
  refused(
    'a path of ten million braces',
    'load/too-long',
    api({ [`/${'{'.repeat(10_000_000)}`]: get({}) }),
  ),
  refused('a name of a schema of ten megabytes', 'load/too-long', schemas({ A: {}, [large]: {} })),
  refused(
    'a name of a property of ten megabytes',
    'load/too-long',
    schemas({ A: { properties: { [large]: { type: 'string' } } } }),
  ),
];

/** Words of the language, and types that modules of the output have from elsewhere. */
const words = [
  ...'arguments await break class default delete enum eval export function import in interface null package return this var yield'.split(
    ' ',
  ),
  ...'Array Boolean Date Error Map Number Object Partial Promise ReadonlyArray Record Request Response Set String Symbol URL unknown'.split(
    ' ',
  ),
];

const wordy: readonly Structure[] = [
  emitted(
    'words of the language and global types, as names of everything',
    api(
      Object.fromEntries(
        words.map((word) => [
          `/${word}/{${word}}`,
          {
            post: {
              operationId: word,
              tags: [word],
              parameters: [
                { name: word, in: 'path', required: true, schema: { type: 'string' } },
                { name: word, in: 'query', schema: ref(word) },
              ],
              requestBody: json(ref(word)),
              responses: { 200: json({ properties: { [word]: ref(word) } }) },
            },
          },
        ]),
      ),
      Object.fromEntries(
        words.map((word) => [
          word,
          {
            properties: { [word]: { type: 'string' }, list: { type: 'array', items: ref(word) } },
            required: [word],
          },
        ]),
      ),
    ),
  ),
  emitted(
    'words of the language and global types, as values that have names',
    schemas(
      Object.fromEntries([
        ['A', { enum: words, 'x-enum-varnames': words }],
        ...words.map((word) => [
          `${word}Enum`,
          { enum: [word, 'other'], 'x-enum-varnames': [word, word] },
        ]),
      ]),
    ),
  ),
];

const kinds: readonly Structure[] = [
  refused('nothing', 'load/not-openapi', null),
  refused('a list', 'load/not-openapi', []),
  refused('a text', 'load/not-openapi', 'openapi'),
  refused('no version', 'load/not-openapi', { info: {}, paths: {} }),
  refused('version 9.9.9', 'load/unsupported-version', { ...api({}), openapi: '9.9.9' }),
  refused('a version that is an object', 'load/unsupported-version', { ...api({}), openapi: {} }),
  ...['info', 'paths', 'components', 'servers', 'tags', 'security', 'webhooks'].flatMap((key) =>
    [null, [], {}, 'x', 1, [null], { x: null }].map((value) =>
      emitted(`${key} that is ${JSON.stringify(value)}`, {
        ...api({ '/a': get({}) }),
        [key]: value,
      }),
    ),
  ),
  ...[
    'parameters',
    'responses',
    'requestBody',
    'tags',
    'callbacks',
    'security',
    'servers',
    'operationId',
    'summary',
    'externalDocs',
  ].flatMap((key) =>
    [null, [], {}, 'x', 1, [null], { x: null }].map((value) =>
      emitted(
        `${key} of an operation that is ${JSON.stringify(value)}`,
        api({ '/a': { get: { responses: {}, [key]: value } } }),
      ),
    ),
  ),
  ...[
    'type',
    'properties',
    'items',
    'prefixItems',
    'allOf',
    'oneOf',
    'required',
    'enum',
    'additionalProperties',
    'patternProperties',
    'discriminator',
    '$ref',
    '$defs',
    'nullable',
    'readOnly',
    'description',
    'default',
    'const',
  ].flatMap((key) =>
    [null, [], {}, 'x', 1, true, [null], { x: null }].map((value) =>
      emitted(
        `${key} of a schema that is ${JSON.stringify(value)}`,
        schemas({ A: { [key]: value } }),
      ),
    ),
  ),
  ...[
    '#',
    '#/',
    '#/info/title',
    '#/components',
    '#/components/schemas/__proto__',
    '#/components/schemas/constructor/prototype',
    '#/paths/~1a/get/responses/200',
    '#/components/schemas/%',
    '#A',
    '',
  ].map((target) =>
    emitted(
      `a reference to ${JSON.stringify(target)}`,
      schemas({ A: { items: { $ref: target } } }),
    ),
  ),
  ...[
    '/{a}{b}',
    '/{a}/{a}',
    '/{}',
    '/{',
    '/}{',
    '/{a/b}',
    '/{a',
    '//a',
    '/..',
    '/a b',
    '',
    'a',
  ].map((path) => emitted(`the path ${JSON.stringify(path)}`, api({ [path]: get({}) }))),
  emitted(
    'an operationId that is there three hundred times',
    api(Object.fromEntries(range(300).map((i) => [`/p${i}`, get({})]))),
  ),
  emitted(
    'operationIds, tags and schemas that differ in case alone',
    api(
      Object.fromEntries(
        ['pet', 'Pet', 'PET', 'pEt'].map((id) => [
          `/${id}`,
          get(ref(id), { operationId: id, tags: [id] }),
        ]),
      ),
      Object.fromEntries(
        ['pet', 'Pet', 'PET', 'pEt'].map((id) => [id, { properties: { id: {} } }]),
      ),
    ),
  ),
  emitted(
    'one parameter in all places, twice',
    api({
      '/{id}': get(
        {},
        {
          parameters: ['path', 'query', 'header', 'cookie', 'query', 'path'].map((place) => ({
            name: 'id',
            in: place,
            required: true,
            schema: { type: 'string' },
          })),
          requestBody: json({}),
        },
      ),
    }),
  ),
  emitted(
    'parameters that are called as the body and the prototype',
    api({
      '/{body}/{__proto__}': {
        post: {
          parameters: ['body', '__proto__', 'constructor', 'hasOwnProperty'].map((name) => ({
            name,
            in: 'query',
            schema: { type: 'string' },
          })),
          requestBody: json({ type: 'object' }),
          responses: {},
        },
      },
    }),
  ),
];

/** What takes no time. */
export const shapes: readonly Structure[] = [...circles, ...wordy, ...kinds];

/** What could take time and memory without end. */
export const masses: readonly Structure[] = [...depths, ...counts, ...longTexts];
