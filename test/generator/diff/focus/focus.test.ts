import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Random, randomOf } from '../../../simulators/random.ts';
import { documentWith } from '../documents.ts';
import { type Edit, edits, pick } from '../mutations/edits.ts';
import { type Editable, memberOf } from '../mutations/places.ts';
import { slicesOf } from '../mutations/slices.ts';
import { findBothWays } from './both-ways.ts';

// More of them, on more of the document at once:
// `MUTATIONS=400 MUTATION_SEED=7 SLICE=1000 npx vitest run test/generator/diff/focus`.
const count = Number(process.env['MUTATIONS'] ?? 30);
const seed = Number(process.env['MUTATION_SEED'] ?? 0);
const size = Number(process.env['SLICE'] ?? 20);
const vendors = fileURLToPath(
  new URL('../../../../../shared/specs/meraki-v1.42.0.json', import.meta.url),
);
const own = fileURLToPath(new URL('../../../../specs/meraki/openapi.yaml', import.meta.url));

test(
  `of ${count} random edits, as much is found in a part of a document as in the whole`,
  async () => {
    const document: Editable = existsSync(vendors)
      ? JSON.parse(readFileSync(vendors, 'utf8'))
      : parse(readFileSync(own, 'utf8'));
    const slices = slicesOf(document, size);
    const kinds: readonly Edit[] = [...Object.values(edits), ...namings];
    let focused = 0;
    for (let index = 0; index < count; index++) {
      const random = randomOf(seed + index);
      const old = pick(slices, random);
      if (!old) throw new Error('there is nothing to edit');
      const now = structuredClone(old);
      kinds[index % kinds.length]?.(now, random);
      if (random() < 0.5) pick(kinds, random)?.(now, random);
      const found = await findBothWays(old, now);
      expect(found.focused, `edit ${index}`).toEqual(found.whole);
      if (found.unchanged !== undefined && found.unchanged > 0) focused += 1;
    }
    expect(focused).toBeGreaterThan(count / 2);
  },
  20_000 + count * 2000,
);

/** Edits that change which structures are shared, and what they and their owners are called. */
const namings: readonly Edit[] = [
  (document, random) => {
    const [from, to] = [answerOf(document, random), answerOf(document, random)];
    if (!from || !to) return undefined;
    to['schema'] = structuredClone(from['schema']);
    return null;
  },
  (document, random) => {
    const [one, other] = [operationOf(document, random), operationOf(document, random)];
    if (!one || !other) return undefined;
    const id = String(other['operationId']);
    one['operationId'] = id.replace(/s?$/, (end) => (end === '' ? 's' : '')) + pickEnd(random);
    return null;
  },
  (document, random) => {
    const answer = answerOf(document, random);
    const schema = answer?.['schema'];
    if (!answer || schema === undefined) return undefined;
    answer['schema'] = { type: 'object', properties: { inner: schema, items: schema, id: {} } };
    return null;
  },
];

function pickEnd(random: Random): string {
  return pick(['', '', 'Settings', 'Status', 'Model', '2'], random) ?? '';
}

function operationOf(document: Editable, random: Random): Editable | undefined {
  const items = Object.values(memberOf(document, 'paths')).filter(isEditableObject);
  const operations = items.flatMap((item) => Object.values(item).filter(isEditableObject));
  return pick(operations, random);
}

/** The Media Type Object of some answer. */
function answerOf(document: Editable, random: Random): Editable | undefined {
  const responses = memberOf(operationOf(document, random) ?? {}, 'responses');
  const answer = pick(Object.values(responses).filter(isEditableObject), random);
  const media = memberOf(answer ?? {}, 'content')['application/json'];
  return isEditableObject(media) ? media : undefined;
}

function isEditableObject(value: unknown): value is Editable {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const properties = { id: { type: 'string' }, name: { type: 'string' }, tags: { type: 'string' } };
const plain = { type: 'object', properties };
const tall = { type: 'object', properties: { ...properties, height: { type: 'number' } } };
const wide = { type: 'object', properties: { ...properties, width: { type: 'number' } } };

test('a name that an unchanged operation takes is taken', async () => {
  // Both `PetOwner` + `Place` and `Pet` + `OwnerPlace`: who comes first has it.
  const answers = {
    getPetOwner: { place: wide },
    listPetOwners: { first: wide },
    getShop: { pet: plain },
  };
  const old = withAnswers(answers);
  const now = withAnswers({
    ...answers,
    getPet: { ownerPlace: tall },
    getFarmHouse: { barn: tall },
  });
  const found = await findBothWays(old, now);
  expect(found.focused).toEqual(found.whole);
  const added = found.focused.filter(({ rule }) => rule === 'type-added');
  expect(added.map(({ message }) => message)).toEqual(['`PetOwnerPlaceModel` is new']);
});

test('a type that gets a second owner gets a name', async () => {
  const old = withAnswers({ getPet: { info: tall }, getShop: { sign: plain } });
  const now = withAnswers({
    getPet: { info: tall },
    getShop: { sign: plain },
    getFarm: { barn: tall },
  });
  const found = await findBothWays(old, now);
  expect(found.focused).toEqual(found.whole);
  expect(found.focused.map(({ rule, message }) => `${rule} ${message}`)).toContain(
    'type-added `PetInfo` is new',
  );
});

test('a component that changes is found where it is used', async () => {
  const use = { $ref: '#/components/schemas/Pet' };
  const paths = pathsOf({ getPet: use, getShop: { type: 'object', properties } });
  const withPet = (more: object) =>
    documentWith(paths, {
      components: { schemas: { Pet: { type: 'object', properties: { ...properties, ...more } } } },
    });
  const found = await findBothWays(withPet({}), withPet({ age: { type: 'integer' } }));
  expect(found.unchanged).toBe(1);
  expect(found.focused).toEqual(found.whole);
  expect(found.focused.map(({ rule }) => rule)).toContain('output-member-added');
});

test.each([
  ['security of the whole document', { security: [{ key: [] }] }],
  ['servers of the whole document', { servers: [{ url: 'https://other.example' }] }],
  ['an extension of the whole document', { 'x-batchable-actions': [] }],
  ['the version of OpenAPI', { openapi: '3.0.3' }],
])('%s changes what every operation says', async (_, more) => {
  const old = withAnswers({ getPet: tall.properties, getShop: properties });
  const found = await findBothWays(old, { ...old, ...more });
  expect(found.unchanged).toBeUndefined();
  expect(found.focused).toEqual(found.whole);
});

test('an operation whose path says otherwise is read', async () => {
  const old = withAnswers({ getPet: tall.properties, getShop: properties });
  const now = structuredClone(old);
  const item: Record<string, unknown> = now.paths['/getPet'] ?? {};
  item['parameters'] = [{ in: 'query', name: 'limit', required: true, schema: { type: 'string' } }];
  const found = await findBothWays(old, now);
  expect(found.unchanged).toBe(1);
  expect(found.focused).toEqual(found.whole);
  expect(found.focused.some(({ severity }) => severity === 'breaking')).toBe(true);
});

interface WithPaths {
  readonly paths: Record<string, Record<string, unknown>>;
}

function withAnswers(answers: Readonly<Record<string, object>>): WithPaths {
  const schemas = Object.entries(answers).map(([id, inner]) => [
    id,
    { type: 'object', properties: inner },
  ]);
  const paths = pathsOf(Object.fromEntries(schemas));
  return { ...documentWith(paths), paths };
}

/** A GET for each operationId, whose answer has that schema. */
function pathsOf(schemas: Readonly<Record<string, object>>): WithPaths['paths'] {
  return Object.fromEntries(
    Object.entries(schemas).map(([operationId, schema]) => {
      const content = { 'application/json': { schema } };
      const responses = { 200: { description: 'Done', content } };
      return [`/${operationId}`, { get: { operationId, responses } }];
    }),
  );
}
