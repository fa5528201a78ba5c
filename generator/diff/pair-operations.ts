import { child, members } from './node.ts';
import type { Operation } from './operations.ts';

export interface Pairing {
  readonly pairs: readonly (readonly [Operation, Operation])[];
  readonly removed: readonly Operation[];
  readonly added: readonly Operation[];
}

/**
 * Finds for each operation its successor: by method and path, where names of path parameters do not
 * matter; by operationId, where it moved; then by likeness, where it got another name and path.
 */
export function pairOperations(old: readonly Operation[], now: readonly Operation[]): Pairing {
  const pairs: (readonly [Operation, Operation])[] = [];
  let left: readonly Operation[] = old;
  let open: readonly Operation[] = now;
  for (const keyOf of keys) {
    const successors = uniqueBy(open, keyOf);
    const predecessors = uniqueBy(left, keyOf);
    const taken = new Set<Operation>();
    for (const [key, from] of predecessors) {
      const to = successors.get(key);
      if (!to || from.flow !== to.flow) continue;
      pairs.push([from, to]);
      taken.add(from).add(to);
    }
    left = left.filter((operation) => !taken.has(operation));
    open = open.filter((operation) => !taken.has(operation));
  }
  const alike = pairAlike(left, open);
  const followed = new Set(alike.flat());
  return {
    pairs: [...pairs, ...alike],
    removed: left.filter((operation) => !followed.has(operation)),
    added: open.filter((operation) => !followed.has(operation)),
  };
}

type KeyOf = (operation: Operation) => string | undefined;

/** In this order: who has kept both name and place is certain to be the same. */
const keys: readonly KeyOf[] = [
  ({ id, method, path }) => (id === undefined ? undefined : `${id} ${method} ${path}`),
  ({ method, path }) => `${method} ${path}`,
  ({ method, path }) => `${method} ${blank(path)}`,
  ({ method, route }) => `${method} ${route}`,
  ({ id, method }) => (id === undefined ? undefined : `${id} ${method}`),
  ({ id }) => id,
];

function blank(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, '{}');
}

/** Operations by a key that only one of them has. */
function uniqueBy(operations: readonly Operation[], keyOf: KeyOf): ReadonlyMap<string, Operation> {
  const found = new Map<string, Operation | undefined>();
  for (const operation of operations) {
    const key = keyOf(operation);
    if (key !== undefined) found.set(key, found.has(key) ? undefined : operation);
  }
  return new Map([...found].flatMap(([key, one]) => (one ? [[key, one]] : [])));
}

/** More than that, and every pair would have to be looked at. */
const mostStrangers = 200;

/** How much two operations must have in common to be one. */
const likeness = 0.75;

function pairAlike(
  old: readonly Operation[],
  now: readonly Operation[],
): readonly (readonly [Operation, Operation])[] {
  if (old.length > mostStrangers || now.length > mostStrangers) return [];
  const features = new Map([...old, ...now].map((operation) => [operation, featuresOf(operation)]));
  const candidates = old
    .flatMap((from) => now.map((to) => ({ from, to, score: likenessOf(from, to, features) })))
    .filter(({ score }) => score >= likeness)
    .toSorted((a, b) => b.score - a.score);
  const taken = new Set<Operation>();
  const pairs: (readonly [Operation, Operation])[] = [];
  for (const { from, to } of candidates) {
    if (taken.has(from) || taken.has(to)) continue;
    taken.add(from).add(to);
    pairs.push([from, to]);
  }
  return pairs;
}

function likenessOf(
  from: Operation,
  to: Operation,
  features: ReadonlyMap<Operation, ReadonlySet<string>>,
): number {
  if (from.method !== to.method || from.flow !== to.flow) return 0;
  const a = features.get(from) ?? new Set();
  const b = features.get(to) ?? new Set();
  // Two operations that say next to nothing are alike by accident.
  if (a.size < 5 || b.size < 5) return 0;
  const shared = [...a].filter((feature) => b.has(feature)).length;
  return shared / (a.size + b.size - shared);
}

/** What an operation is made of: the words of its path, its parameters, its body and its answers. */
function featuresOf(operation: Operation): ReadonlySet<string> {
  const { node, path, parameters } = operation;
  const words = path
    .split('/')
    .filter((word) => word !== '')
    .map((word) => `path ${blank(word)}`);
  const answers = members(child(node, 'responses')).map(({ key }) => `answer ${key}`);
  return new Set([...words, ...parameters().keys(), ...answers, ...propertiesOf(node)]);
}

function propertiesOf(node: Operation['node']): readonly string[] {
  const bodies = [
    child(node, 'requestBody', 'content'),
    ...members(child(node, 'responses')).map((answer) => child(answer, 'content')),
  ];
  return bodies.flatMap((content) =>
    members(content).flatMap((media) => {
      const schema = child(media, 'schema');
      const own = members(schema && child(schema, 'properties')).map(
        ({ key }) => `property ${key}`,
      );
      const reference = schema && child(schema, '$ref');
      return reference ? [`schema ${String(reference.value)}`] : own;
    }),
  );
}
