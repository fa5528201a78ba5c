/** What validators are tried on. */
export const document = `
openapi: 3.1.0
info: { title: Things, version: '1' }
paths:
  /file:
    post:
      operationId: sendFile
      requestBody: { content: { application/octet-stream: { schema: { type: string, format: binary } } } }
      responses: { 204: { description: '' } }
  /things:
    put:
      operationId: putThing
      requestBody:
        content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
      responses:
        200: { description: '', content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } } }
components:
  schemas:
    Count: { type: integer, minimum: 1, exclusiveMaximum: 10 }
    Even: { type: number, multipleOf: 2 }
    Name: { type: string, minLength: 2, maxLength: 3 }
    Code: { type: string, pattern: '^\\p{Lu}+$' }
    Odd: { type: string, pattern: '(?<=a' }
    When: { type: string, format: date-time }
    Unheard: { type: string, format: unheard-of }
    Tags: { type: array, items: { type: string }, minItems: 1, maxItems: 2, uniqueItems: true }
    Labels: { type: object, additionalProperties: { type: number }, maxProperties: 1 }
    Set: { type: array, items: { type: string }, uniqueItems: true }
    Choice: { oneOf: [{ type: string, enum: [a, b] }, { type: 'null' }] }
    Cat: { type: object, required: [kind], properties: { kind: { const: cat }, lives: { type: integer } } }
    Dog: { type: object, required: [kind], properties: { kind: { const: dog }, barks: { type: boolean } } }
    Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }
    Closed: { type: object, properties: { a: { type: integer } }, additionalProperties: false }
    Narrowed: { allOf: [{ $ref: '#/components/schemas/Closed' }, { type: object, properties: { a: { minimum: 1 } } }] }
    Twice: { allOf: [{ $ref: '#/components/schemas/Narrowed' }, { type: object, properties: { b: { type: integer } } }] }
    Either: { allOf: [{ oneOf: [{ $ref: '#/components/schemas/Closed' }, { type: 'null' }] }, { type: [object, 'null'], properties: { b: { type: integer } } }] }
    Thing:
      type: object
      required: [id]
      properties:
        id: { type: string }
        children: { type: array, items: { $ref: '#/components/schemas/Thing' } }
        __proto__: { type: number }
        na-me: { type: [string, 'null'] }
`;

/** Values by schema: those that it accepts, and those that it refuses. */
export const cases: readonly (readonly [string, readonly unknown[], readonly unknown[]])[] = [
  ['count', [1, 9], [0, 10, 1.5, '1', null]],
  ['even', [-2, 0, 4], [3]],
  ['name', ['ab', 'abc', '🎉🎉🎉'], ['a', 'abcd', '🎉']],
  ['code', ['ÄB'], ['', 'a']],
  ['odd', ['anything'], [1]],
  ['when', ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.5+01:00'], ['2026-01-02', 'now']],
  ['unheard', ['anything'], [1]],
  ['tags', [['a'], ['a', 'b']], [[], ['a', 'a'], ['a', 'b', 'c'], [1]]],
  ['labels', [{}, { a: 1 }], [{ a: 'b' }, { a: 1, b: 2 }]],
  ['set', [[], ['a', 'b']], [['a', 'a']]],
  ['choice', ['a', null], ['c', undefined]],
  [
    'pet',
    [{ kind: 'cat', lives: 9 }, { kind: 'dog' }],
    [{ kind: 'cow' }, { kind: 'cat', lives: 'x' }],
  ],
  ['closed', [{}, { a: 1 }], [{ b: 1 }, { a: 1, b: 1 }]],
  ['narrowed', [{}, { a: 1 }], [{ a: 0 }, { b: 1 }, { a: 1, b: 1 }]],
  ['twice', [{}, { a: 1 }], [{ a: 0 }, { b: 1 }]],
  ['either', [{}, { a: 1 }, null], [{ b: 1 }, { a: 1, b: 1 }]],
  [
    'thing',
    [
      { id: 'a' },
      { id: 'a', unknown: 1 },
      { id: 'a', children: [{ id: 'b', children: [] }] },
      { id: 'a', 'na-me': null },
    ],
    [{}, { id: 'a', children: [{}] }, { id: 'a', 'na-me': undefined }],
  ],
  [
    'sendFileBody',
    [new Blob(['a']), new Uint8Array(2), new ArrayBuffer(2), new ReadableStream()],
    ['a', 1],
  ],
  ['putThingBody', [{ id: 'a' }], [[]]],
  ['putThingResponse', [[{ id: 'a' }]], [{ id: 'a' }]],
];
