import { expect, test } from 'vitest';
import { diffOf, documentOf } from './documents.ts';

const before = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
};
const after = { type: 'object', properties: { name: { type: 'string' } } };
const inPlace = (schema: object): object => documentOf(schema, 'response');
const referred = (schema: object, name: string): object => ({
  ...documentOf({ $ref: `#/components/schemas/${name}` }, 'response'),
  components: { schemas: { [name]: schema } },
});

async function fingerprints(old: object, now: object): Promise<readonly string[]> {
  return (await diffOf(old, now)).map(({ fingerprint }) => fingerprint);
}

test.each([
  ['a component is made of what was in place', inPlace(before), referred(after, 'Pet')],
  ['both are components', referred(before, 'Pet'), referred(after, 'Pet')],
  ['the component has another name', referred(before, 'Pet'), referred(after, 'Animal')],
  ['it is put together', inPlace(before), inPlace({ allOf: [after, {}] })],
])('a change has the same fingerprint where %s', async (_, old, now) => {
  const [plain] = await fingerprints(inPlace(before), inPlace(after));
  expect(plain).toMatch(/^[\da-f]{16}$/);
  expect(await fingerprints(old, now)).toEqual([plain]);
});

test('other changes have other fingerprints', async () => {
  const other = { type: 'object', properties: { age: { type: 'integer' } } };
  const [one] = await fingerprints(inPlace(before), inPlace(after));
  const [two] = await fingerprints(inPlace(before), inPlace(other));
  expect(one).not.toBe(two);
});

test('a chain of thousands of schemas that refer to each other is compared to its end', async () => {
  const chain = (last: object): object => ({
    ...documentOf({ $ref: '#/components/schemas/s0' }, 'response'),
    components: {
      schemas: Object.fromEntries(
        Array.from({ length: 3000 }, (_, index) => [
          `s${index}`,
          index === 2999
            ? last
            : {
                type: 'object',
                description: `Number ${index}`,
                properties: { next: { $ref: `#/components/schemas/s${index + 1}` } },
              },
        ]),
      ),
    },
  });
  const findings = await diffOf(chain(before), chain(after));
  expect(findings.map(({ rule }) => rule)).toEqual(['response-property-removed']);
});
