import fc from 'fast-check';
import { hostileTexts, keywords } from './words.ts';

type Kind =
  | 'delete'
  | 'repeat'
  | 'replace'
  | 'retype'
  | 'text'
  | 'swap'
  | 'graft'
  | 'rename'
  | 'insert'
  | 'refer'
  | 'wrap';

/** A change of a tree. Its numbers choose places and values of what is there, so that it fits any tree. */
export interface Mutation {
  readonly kind: Kind;
  /** The place that is changed. */
  readonly at: number;
  /** Another place, or a value. */
  readonly other: number;
}

type Tree = Record<string, unknown>;

interface Place {
  readonly parent: Tree;
  readonly key: string;
  readonly path: readonly string[];
}

type Change = (place: Place, other: Place, number: number) => void;

const kinds: Readonly<Record<Kind, Change>> = {
  delete: ({ parent, key }) => {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  },
  repeat: ({ parent, key }, _, number) => {
    if (Array.isArray(parent)) parent.push(structuredClone(parent[Number(key)]));
    else put(parent, pick(hostileTexts, number), parent[key]);
  },
  replace: ({ parent, key }, _, number) => put(parent, key, pick(junk, number)()),
  retype: ({ parent, key }, _, number) => put(parent, key, retyped(parent[key], number)),
  text: ({ parent, key }, _, number) => put(parent, key, pick(hostileTexts, number)),
  swap: ({ parent, key }, other) => {
    const value = structuredClone(parent[key]);
    put(parent, key, other.parent[other.key]);
    put(other.parent, other.key, value);
  },
  graft: ({ parent, key }, other) => put(parent, key, other.parent[other.key]),
  rename: ({ parent, key }, _, number) => {
    if (Array.isArray(parent)) return;
    const value = parent[key];
    delete parent[key];
    put(parent, pick(names, number), value);
  },
  insert: ({ parent, key }, other, number) => {
    const value = parent[key];
    const target = isTree(value) && !Array.isArray(value) ? value : parent;
    put(
      target,
      pick(keywords, number),
      number % 2 === 0 ? other.parent[other.key] : pick(junk, number)(),
    );
  },
  refer: ({ parent, key }, other, number) => {
    const pointer = other.path.map(
      (part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    );
    const $ref = pick(references, number)(`#${pointer.join('')}`);
    const value = parent[key];
    if (isTree(value) && number % 3 === 0) put(value, '$ref', $ref);
    else put(parent, key, { $ref });
  },
  wrap: ({ parent, key }, _, number) => {
    const wrap = pick(wrappers, number);
    const depth = pick([1, 1, 1, 2, 3, 40, 120, 240, 300], Math.floor(number / 16));
    let value = parent[key];
    for (let level = 0; level < depth; level += 1) value = wrap(value);
    put(parent, key, value);
  },
};

const junk: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => false,
  () => 0,
  () => -1.5,
  () => 1e308,
  () => '',
  () => [],
  () => ({}),
  () => [[]],
  () => [null],
  () => ({ '': null }),
  () => ({ type: ['object', 'null'], enum: [null, {}, []] }),
  () => ({ type: 'array' }),
  () => ({ allOf: [{}, true, { oneOf: [] }] }),
  () => ({
    oneOf: [{ required: ['a'] }, { required: ['b'] }],
    discriminator: { propertyName: '__proto__' },
  }),
  () => ({
    enum: ['', ' ', '1', 1, '__proto__', null, 'A', 'a'],
    'x-enum-varnames': ['', 'a', '*/'],
  }),
  () => ({ const: { __proto__: 1 }, default: [] }),
  () => ({ type: 'string', format: 'binary' }),
  () => ({ description: 'x', content: { 'application/json': { schema: false } } }),
  () => ({ name: 'id', in: 'path', required: true, schema: {} }),
  () => 'x'.repeat(5_000),
];

const references: readonly ((pointer: string) => string)[] = [
  (pointer) => pointer,
  (pointer) => pointer,
  (pointer) => `${pointer}/x`,
  (pointer) => encodeURI(pointer.replaceAll(/[\ud800-\udfff]/g, '')),
  () => '#',
  () => '#/',
  () => '',
  () => '#/components/schemas/__proto__',
  () => 'file:///etc/passwd',
  () => '../../other.yaml#/a',
  () => 'https://127.0.0.1:9/x.json',
  () => '%',
];

const wrappers: readonly ((value: unknown) => unknown)[] = [
  (value) => [value],
  (value) => ({ items: value }),
  (value) => ({ allOf: [value] }),
  (value) => ({ oneOf: [value, { type: 'null' }] }),
  (value) => ({ anyOf: [{ type: 'string' }, value] }),
  (value) => ({ properties: { a: value } }),
  (value) => ({ additionalProperties: value }),
  (value) => ({ allOf: [{ properties: { a: value } }, { properties: { a: {}, b: {} } }] }),
];

const names: readonly string[] = [...keywords, ...hostileTexts];

/** The tree after some changes; it is another one. */
export function mutated(tree: unknown, mutations: readonly Mutation[]): unknown {
  const root: Tree = { document: structuredClone(tree) };
  for (const { kind, at, other } of mutations) {
    const places = placesIn(root);
    const place = places[at % places.length];
    const second = places[other % places.length];
    if (place === undefined || second === undefined) return root['document'];
    try {
      kinds[kind](place, second, other);
    } catch (error) {
      // Wrapped so often that it cannot be copied: it stays as it is.
      if (error instanceof RangeError) return root['document'];
      throw error;
    }
  }
  return root['document'];
}

export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({
    // A record has the keys that its type says, as it is written above.
    kind: fc.constantFrom(...(Object.keys(kinds) as Kind[])),
    at: fc.nat(),
    other: fc.nat(),
  }),
  { minLength: 1, maxLength: 12 },
);

/** A change of a text: some of it is replaced. */
export interface Cut {
  /** Where, as a share of the text. */
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

export const cuts: fc.Arbitrary<readonly Cut[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(40),
    text: fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary', maxLength: 8 })),
  }),
  { minLength: 1, maxLength: 4 },
);

export function cut(text: string, cuts: readonly Cut[]): string {
  return cuts.reduce((rest, { at, length, text: inserted }) => {
    const start = Math.floor(at * rest.length);
    return rest.slice(0, start) + inserted + rest.slice(start + length);
  }, text);
}

function placesIn(root: Tree): readonly Place[] {
  const found: Place[] = [];
  const open: { readonly tree: Tree; readonly path: readonly string[] }[] = [
    { tree: root, path: [] },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const key of Object.keys(next.tree)) {
      const path = next.tree === root ? [] : [...next.path, key];
      found.push({ parent: next.tree, key, path });
      const value = next.tree[key];
      if (isTree(value)) open.push({ tree: value, path });
    }
  }
  return found;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null;
}

/** Also a key that is called `__proto__`. What is put in is a copy. */
function put(tree: Tree, key: string, value: unknown): void {
  Object.defineProperty(tree, key, {
    value: structuredClone(value),
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function retyped(value: unknown, number: number): unknown {
  switch (number % 5) {
    case 0:
      return typeof value === 'string' ? Number(value) || value.length : JSON.stringify(value);
    case 1:
      return [value];
    case 2:
      return { value };
    case 3:
      return Array.isArray(value) ? { ...value } : Object.values(Object(value));
  }
  return typeof value !== 'boolean';
}

function pick<T>(list: readonly T[], number: number): T {
  const item = list[number % list.length];
  if (item === undefined) throw new Error('There is something to choose from.');
  return item;
}
