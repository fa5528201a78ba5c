import { describe, expect, test } from 'vitest';
import { document, loadFiles, type Outcome } from './loading.ts';
import { folderWith } from './loading.ts';
import { join } from 'node:path';
import type { LoadOptions } from '../../../generator/load/load.ts';
import { loadSource } from './loading.ts';

const pets = document({
  paths: {
    '/pets': {
      get: {
        operationId: 'listPets',
        parameters: [
          { name: 'a', in: 'query', schema: { type: 'string' } },
          { name: 'b', in: 'query', schema: { type: 'strin' } },
        ],
        responses: { 200: { description: 'ok' } },
      },
    },
  },
  components: {
    schemas: {
      Pet: {
        type: 'object',
        properties: {
          owner: { type: 'string', description: 'Null if it has none.' },
          name: { type: 'string' },
        },
      },
    },
  },
});

/** Loads the pets with an overlay of these actions. */
async function overlaid(
  actions: readonly unknown[],
  version = '1.1.0',
  options: LoadOptions = {},
): Promise<Outcome> {
  const overlay = { overlay: version, info: { title: 'o', version: '1' }, actions };
  const folder = folderWith({
    'api.json': pets.replace('strin"', 'string"'),
    'o.json': JSON.stringify(overlay, null, 1),
  });
  const shape = { overlays: [join(folder, 'o.json')] };
  return loadSource(join(folder, 'api.json'), { ...options, shape }, `${folder}/`);
}

function pet({ loaded }: Outcome): unknown {
  return loaded?.document.components?.schemas?.['Pet'];
}

describe('an overlay', () => {
  test('makes nullable what only the prose calls so', async () => {
    const outcome = await overlaid([
      { target: "$..properties[?search(@.description, 'Null if')]", update: { nullable: true } },
    ]);
    expect(outcome.told).toEqual([]);
    expect(pet(outcome)).toMatchObject({
      properties: { owner: { type: 'string', nullable: true }, name: { type: 'string' } },
    });
  });

  test('replaces plain values, appends to lists and adds members', async () => {
    const outcome = await overlaid([
      { target: '$.info.title', update: 'Better' },
      { target: '$.info', update: { version: '2', contact: { name: 'us' } } },
      { target: '$.components.schemas.Pet', update: { required: ['name'] } },
      { target: '$.components.schemas.Pet.required', update: 'owner' },
      { target: '$.components.schemas.Pet', update: { required: ['id'] } },
    ]);
    expect(outcome.told).toEqual([]);
    expect(outcome.loaded?.document.info).toMatchObject({
      title: 'Better',
      version: '2',
      contact: { name: 'us' },
    });
    expect(pet(outcome)).toMatchObject({ required: ['name', 'owner', 'id'] });
  });

  test('removes members and items, several of one list too', async () => {
    const outcome = await overlaid([
      { target: '$.components.schemas.Pet.properties.name', remove: true },
      { target: '$.paths["/pets"].get.parameters[*]', remove: true },
    ]);
    expect(outcome.told).toEqual([]);
    expect(pet(outcome)).toMatchObject({ properties: { owner: { type: 'string' } } });
    expect(outcome.loaded?.document.paths?.['/pets']?.get?.parameters).toEqual([]);
  });

  test('copies one place to another', async () => {
    const outcome = await overlaid([
      { target: '$.components.schemas', update: { Dog: {} } },
      { target: '$.components.schemas.Dog', copy: '$.components.schemas.Pet' },
    ]);
    expect(outcome.told).toEqual([]);
    expect(outcome.loaded?.document.components?.schemas?.['Dog']).toEqual(pet(outcome));
  });

  test('does not copy from several places', async () => {
    const outcome = await overlaid([
      { target: '$.info', copy: '$.components.schemas.Pet.properties.*' },
    ]);
    expect(outcome.told).toEqual(['error overlay/copy o.json:8:3 /actions/0']);
  });

  test.each(['$.paths["/dogs"]', '$..properties[?@.description == "x"]', '$.info.contact.name'])(
    'warns of %s, which selects nothing, with its line',
    async (target) => {
      const { told, loaded } = await overlaid([{ target, remove: true }]);
      expect(told).toEqual(['warning shape/no-match o.json:8:3 /actions/0']);
      expect(loaded).toBeDefined();
    },
  );

  test.each(['paths', '$.paths[', '$[?(]'])(
    'refuses `%s`, which is no JSONPath',
    async (target) => {
      const { told } = await overlaid([{ target, remove: true }]);
      expect(told).toEqual(['error overlay/invalid o.json:8:3 /actions/0']);
    },
  );

  test('1.1 refuses values that do not fit together, unless its user is lenient', async () => {
    const actions = [{ target: '$.components.schemas.Pet', update: { type: ['object', 'null'] } }];
    const { told } = await overlaid(actions);
    expect(told).toEqual(['error overlay/mismatch o.json:8:3 /actions/0']);
    const lenient = await overlaid(actions, '1.1.0', { lenient: true });
    expect(lenient.told).toEqual(['warning overlay/mismatch o.json:8:3 /actions/0']);
  });

  test('its mistakes are found where they stand in the overlay', async () => {
    const outcome = await overlaid([
      { target: '$.components.schemas.Pet', update: { properties: { x: { type: 'strin' } } } },
    ]);
    expect(outcome.told).toEqual([
      'error load/invalid o.json:13:7 /actions/0/update/properties/x/type',
    ]);
  });

  test('a line stays right after an item before it is removed', async () => {
    const folder = folderWith({
      'api.json': JSON.stringify(JSON.parse(pets), null, 1),
      'o.yaml':
        'overlay: 1.0.0\nactions:\n- target: $.paths["/pets"].get.parameters[0]\n  remove: true\n',
    });
    const { told } = await loadSource(
      join(folder, 'api.json'),
      { shape: { overlays: [join(folder, 'o.yaml')] } },
      `${folder}/`,
    );
    expect(told).toEqual([
      'error load/invalid api.json:23:8 /paths/~1pets/get/parameters/1/schema/type',
    ]);
  });

  test.each([
    ['no overlay', '{"openapi":"3.0.3"}'],
    ['another version', '{"overlay":"2.0.0","actions":[]}'],
    ['no actions', '{"overlay":"1.0.0"}'],
    ['an action that does nothing', '{"overlay":"1.0.0","actions":[{"target":"$"}]}'],
    ['an action without a target', '{"overlay":"1.0.0","actions":[{"update":{}}]}'],
  ])('is refused where it has %s', async (_, text) => {
    const folder = folderWith({ 'o.json': text, 'api.json': document() });
    const { told } = await loadSource(
      join(folder, 'api.json'),
      { shape: { overlays: [join(folder, 'o.json')] } },
      `${folder}/`,
    );
    expect(told).toEqual([expect.stringMatching(/^error overlay\/invalid o\.json/)]);
  });

  test('that is missing is an error', async () => {
    const { told } = await loadFiles(
      { 'api.json': document() },
      { shape: { overlays: ['/nowhere/o.yaml'] } },
    );
    expect(told).toEqual(['error load/not-found /nowhere/o.yaml']);
  });

  test('keeps a member called __proto__ as a member', async () => {
    const folder = folderWith({
      'api.json': document(),
      'o.json':
        '{"overlay":"1.0.0","actions":[{"target":"$.info","update":{"x-a":{"__proto__":{"polluted":1}}}}]}',
    });
    const { loaded } = await loadSource(join(folder, 'api.json'), {
      shape: { overlays: [join(folder, 'o.json')] },
    });
    expect(JSON.stringify(loaded?.document.info)).toContain('"__proto__":{"polluted":1}');
    expect('polluted' in {}).toBe(false);
  });
});

describe('a transform', () => {
  test('changes the document in place, or returns another one', async () => {
    const inPlace = await loadFiles(
      { 'a.json': pets.replace('strin"', 'string"') },
      { shape: { transform: (it) => void delete it.paths?.['/pets'] } },
    );
    expect(inPlace.loaded?.document.paths).toEqual({});
    const returned = await loadFiles(
      { 'a.json': document() },
      { shape: { transform: async (it) => ({ ...it, info: { title: 'New', version: '2' } }) } },
    );
    expect(returned.loaded?.document.info.title).toBe('New');
  });

  test('may share values, which the document then holds apart', async () => {
    const shared = { type: 'string' } as const;
    const { loaded } = await loadFiles(
      { 'a.json': document() },
      {
        shape: {
          transform: (it) => ({ ...it, components: { schemas: { A: shared, B: shared } } }),
        },
      },
    );
    const { A, B } = loaded?.document.components?.schemas ?? {};
    expect(A).toEqual(B);
    expect(A).not.toBe(B);
  });

  test.each([
    [
      'that throws',
      () => {
        throw new Error('oops');
      },
      'error shape/transform a.json',
    ],
    ['that gives a list', () => [], 'error shape/transform a.json'],
    ['that changes nothing', () => undefined, 'warning shape/no-match a.json'],
    [
      'that gives a circle',
      (it: object) => Object.assign(it, { 'x-self': it }),
      'error shape/transform a.json',
    ],
  ])('%s is reported', async (_, transform, expected) => {
    const { told } = await loadFiles({ 'a.json': document() }, { shape: { transform } });
    expect(told).toEqual([expected]);
  });
});
