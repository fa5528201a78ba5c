import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { validate } from '../../../generator/validate/validate.ts';
import { broken, sound } from './broken.ts';

/** What is said of a document: of ours severity and place, of the other its verdict, and what it says alone. */
async function said(document: unknown): Promise<readonly string[]> {
  const bytes = Buffer.from(JSON.stringify(document));
  const { diagnostics, second } = await validate({ input: '-' }, { name: 'x.json', bytes });
  const lines = diagnostics
    .filter(({ severity }) => severity !== 'info')
    .map(({ severity, code, pointer }) => `${severity} ${code} ${pointer ?? ''}`.trim());
  return [...lines, `swagger-parser ${second?.verdict ?? 'is not asked'}`];
}

const get = '/paths/~1things/get';
const item = '/paths/~1things~1{id}/get/parameters';
const thing = '/components/schemas/Thing';

const expected: Readonly<Record<keyof typeof broken, readonly string[]>> = {
  'has no info': ['error load/invalid', 'swagger-parser objects'],
  'has no version of its own': ['error load/invalid /info', 'swagger-parser objects'],
  'has a number for a version': ['error load/invalid /info/version', 'swagger-parser objects'],
  'has no paths': ['error load/invalid', 'swagger-parser objects'],
  'is of a version that does not exist': [
    'error load/unsupported-version /openapi',
    'swagger-parser abstains',
  ],
  'has a path without a slash': ['error load/invalid /paths/things', 'swagger-parser objects'],
  'has an operation without responses': [`error load/invalid ${get}`, 'swagger-parser objects'],
  'has a response without a description': [
    `error load/invalid ${get}/responses/200`,
    'swagger-parser objects',
  ],
  'has a method that does not exist': [
    'error load/invalid /paths/~1things/fetch',
    'swagger-parser objects',
  ],
  'has a path parameter that is not required': [
    `error load/invalid ${item}/0/required`,
    'swagger-parser objects',
  ],
  'has a parameter without a place': [
    `error load/invalid ${get}/parameters/0`,
    'swagger-parser objects',
  ],
  'has a parameter twice': [`warning load/duplicate-parameter ${item}/1`, 'swagger-parser objects'],
  'has an operationId twice': [
    'warning load/duplicate-operation-id /paths/~1b/get/operationId',
    'swagger-parser accepts',
  ],
  'has paths that differ in a name alone': [
    'warning load/duplicate-path /paths/~1things~1{b}',
    'swagger-parser accepts',
  ],
  'has a reference that leads nowhere': [
    `error load/unresolved-ref ${thing}/$ref`,
    'swagger-parser objects',
  ],
  'has a reference that leads to itself': [
    `error load/circular-ref ${thing}/$ref`,
    'swagger-parser accepts',
  ],
  'has a reference to another kind of thing': [
    `warning load/wrong-ref ${thing}/$ref`,
    'error validate/second-opinion /components/parameters/id/required',
    'swagger-parser objects',
  ],
  'has a type that does not exist': [`error load/invalid ${thing}/type`, 'swagger-parser objects'],
  'has properties that are a list': [
    `error load/invalid ${thing}/properties`,
    'swagger-parser objects',
  ],
  'has an enum that is a text': [`error load/invalid ${thing}/enum`, 'swagger-parser objects'],
};

test('both accept a document that is sound', async () => {
  expect(await said(sound)).toEqual(['swagger-parser accepts']);
});

describe('a document that', () => {
  test.each(Object.entries(broken))('%s', async (name, change) => {
    expect(await said(change(sound))).toEqual(expected[name]);
  });
});

describe('the second opinion', () => {
  test('has a place in the file', async () => {
    const bytes = Buffer.from(
      JSON.stringify(broken['has a reference to another kind of thing']?.(sound), null, 2),
    );
    const { diagnostics } = await validate({ input: '-' }, { name: 'x.json', bytes });
    expect(diagnostics).toContainEqual({
      code: 'validate/second-opinion',
      severity: 'error',
      message: 'swagger-parser alone objects: must be array',
      pointer: '/components/parameters/id/required',
      file: 'x.json',
      line: 35,
      column: 9,
      hint: 'Other tools may object too; --lenient takes this as a warning.',
    });
  });

  test('is a warning for who is lenient', async () => {
    const wrong = broken['has a reference to another kind of thing']?.(sound);
    const bytes = Buffer.from(JSON.stringify(wrong));
    const target = { input: '-', lenient: true };
    const { diagnostics } = await validate(target, { name: 'x.json', bytes });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test.each(['/etc/passwd', './other.yaml', 'http://127.0.0.1:1/x.yaml'])(
    'does not follow the reference %s',
    async ($ref) => {
      const { components, ...rest } = sound;
      const document = { ...rest, components: { ...components, schemas: { Thing: { $ref } } } };
      expect((await said(document)).at(-1)).toBe('swagger-parser accepts');
    },
  );

  test('is left out for what is no document at all', async () => {
    expect(await said([])).toEqual(['error load/not-openapi', 'swagger-parser abstains']);
  });

  test('is left out for a version that it does not read', async () => {
    expect(await said({ ...sound, openapi: '3.2.0' })).toEqual(['swagger-parser abstains']);
  });
});

const specs = new URL('../../../../shared/specs/', import.meta.url);

describe.skipIf(!existsSync(specs))('both accept the published document (../shared/specs)', () => {
  test.each(['meraki-v1.36.0.json', 'meraki-v1.42.0.json', 'meraki-v1.44.0-swagger2.json'])(
    '%s',
    async (name) => {
      const { diagnostics, second } = await validate({
        input: fileURLToPath(new URL(name, specs)),
      });
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(second).toEqual({ verdict: 'accepts' });
    },
  );
});
