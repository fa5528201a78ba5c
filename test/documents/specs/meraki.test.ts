import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SwaggerParser from '@apidevtools/swagger-parser';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

type Json = string | number | boolean | null | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [key: string]: Json;
}

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly { readonly name: string }[];
}

interface BatchEntry {
  readonly group: string;
  readonly summary: string;
  readonly resource: string;
  readonly operation: string;
}

interface Document {
  readonly security: Json;
  readonly components: Json;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly 'x-batchable-actions': readonly BatchEntry[];
}

interface Route {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

const embedded = fileURLToPath(new URL('../../../specs/meraki/openapi.yaml', import.meta.url));
const shared = fileURLToPath(new URL('../../../../shared/specs/', import.meta.url));

/** The operations that the vendor published after 1.42.0. */
const later = [
  'getOrganizationCameraDetectionsHistoryByBoundaryByInterval',
  'getOrganizationSaseBatchJobs',
];

/** What a reader sees of a document; everything else in it is fact. */
const prose = new Set(['summary', 'description', 'title', 'example', 'examples']);

const document = parse(readFileSync(embedded, 'utf8')) as Document;
const routes = routesOf(document);
const entries = document['x-batchable-actions'];

function routesOf(of: Document): readonly Route[] {
  return Object.entries(of.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );
}

/** The vendor's documents are trusted to have the form that the tests below read. */
function vendor(name: string): Document {
  return JSON.parse(readFileSync(join(shared, name), 'utf8')) as Document;
}

/** Every key of `properties` is a name, so that `description` there is a fact too. */
function factsOf(value: Json, keysAreNames = false): Json {
  if (isList(value)) return value.map((item) => factsOf(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => keysAreNames || !prose.has(key))
      .map(([key, item]) => [key, factsOf(item, key === 'properties' && !keysAreNames)]),
  );
}

function* textsOf(value: Json, keysAreNames = false): Generator<string> {
  if (isList(value)) for (const item of value) yield* textsOf(item);
  else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (!keysAreNames && prose.has(key) && typeof item === 'string') yield item;
      yield* textsOf(item, key === 'properties' && !keysAreNames);
    }
  }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** The interfaces above name what is used of a JSON object; TypeScript gives them no index. */
function json(value: object): JsonObject {
  return value as JsonObject;
}

/** A text and its sentences, as words in lower case. */
function sentencesOf(text: string): readonly string[] {
  return [text, ...text.split(/(?<=[.!?;])\s+/)].map((sentence) =>
    sentence
      .toLowerCase()
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/[.!?;]+$/g, '')
      .trim(),
  );
}

function wordsIn(sentence: string): number {
  return sentence.split(' ').length;
}

function blank(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, '{}').replace(/\/$/, '');
}

/** The operations that an entry may mean: its text, below its resource, and no GET. */
function meantBy(entry: BatchEntry, candidates: readonly Route[]): readonly Route[] {
  return candidates.filter(
    ({ path, method, operation }) =>
      method !== 'get' &&
      [operation.summary, operation.description].includes(entry.summary) &&
      blank(path).startsWith(blank(entry.resource)),
  );
}

function textsBelow(scope: string): readonly string[] {
  return entries
    .filter(({ resource }) => resource.includes(`/${scope}/rfProfiles`))
    .map(({ operation, summary }) => `${operation}: ${summary}`)
    .toSorted();
}

describe('the embedded document', () => {
  test('is valid OpenAPI', async () => {
    await expect(SwaggerParser.validate(embedded)).resolves.toBeDefined();
  });

  test('holds at least 120 operations with an id and a summary each', () => {
    const ids = new Set(routes.map(({ operation }) => operation.operationId));
    expect(ids.size).toBe(routes.length);
    expect(ids.size).toBeGreaterThanOrEqual(120);
    for (const { operation } of routes)
      expect(operation.summary, operation.operationId).toBeTruthy();
  });

  test('covers all 13 tags', () => {
    const tags = new Set(routes.map(({ operation }) => operation.tags[0]));
    expect([...tags].toSorted()).toEqual([
      'administered',
      'appliance',
      'camera',
      'cellularGateway',
      'devices',
      'insight',
      'licensing',
      'networks',
      'organizations',
      'sensor',
      'sm',
      'switch',
      'wireless',
    ]);
  });

  test('says of every parameter what it means', () => {
    const silent = routes
      .flatMap(({ operation }) => operation.parameters ?? [])
      .filter((parameter) => !('description' in parameter));
    expect(silent).toEqual([]);
  });

  test('lists batchable operations with every verb of the vendor', () => {
    const verbs = new Set(entries.map(({ operation }) => operation));
    expect([...verbs].toSorted()).toEqual([
      'aps',
      'assignSeats',
      'bind',
      'claim',
      'clone',
      'combine',
      'create',
      'cycle',
      'default',
      'destroy',
      'move',
      'moveSeats',
      'provision',
      'remove',
      'renewSeats',
      'settings/actions/update',
      'split',
      'swap',
      'unbind',
      'update',
      'update_order',
    ]);
  });

  test.each(entries.map((entry) => [`${entry.resource} ${entry.operation}`, entry] as const))(
    '%s means one operation',
    (_, entry) => {
      expect(meantBy(entry, routes)).toHaveLength(1);
    },
  );

  test('has RF profiles whose batch entries differ in their resource only', () => {
    expect(textsBelow('appliance')).toHaveLength(3);
    expect(textsBelow('wireless')).toEqual(textsBelow('appliance'));
  });
});

const present = existsSync(join(shared, 'meraki-v1.42.0.json'));
const unless = present ? '' : ' (skipped: ../shared/specs is absent)';

describe.skipIf(!present)(`against the vendor's documents${unless}`, () => {
  const original = present ? vendor('meraki-v1.42.0.json') : document;
  const originals = new Map(
    routesOf(original).map((route) => [route.operation.operationId, route] as const),
  );

  test('every operation but those of later versions is in 1.42.0', () => {
    const missing = routes
      .map(({ operation }) => operation.operationId)
      .filter((id) => !originals.has(id));
    expect(missing.toSorted()).toEqual(later);
  });

  test.each(
    routes
      .filter(({ operation }) => !later.includes(operation.operationId))
      .map((route) => [route.operation.operationId, route] as const),
  )('the facts of %s are those of 1.42.0', (id, route) => {
    const expected = originals.get(id);
    expect([route.method, route.path]).toEqual([expected?.method, expected?.path]);
    expect(factsOf(json(route.operation))).toEqual(factsOf(json(expected?.operation ?? {})));
  });

  test('security is that of 1.42.0, and OAuth 2, which came later', () => {
    const components = document.components as Readonly<Record<string, Record<string, Json>>>;
    const { oauth2, ...schemes } = components['securitySchemes'] ?? {};
    expect(document.security).toEqual([...(original.security as Json[]), { oauth2: [] }]);
    expect({ ...components, securitySchemes: schemes }).toEqual(original.components);
    expect(oauth2).toMatchObject({ type: 'oauth2' });
  });

  test('the batch entries are those that 1.42.0 has for the same operations', () => {
    const known = new Set(routes.map(({ operation }) => operation.operationId));
    const expected = original['x-batchable-actions'].filter((entry) =>
      meantBy(entry, [...originals.values()]).some(({ operation }) =>
        known.has(operation.operationId),
      ),
    );
    expect(entries.map((entry) => factsOf(json(entry)))).toEqual(
      expected.map((entry) => factsOf(json(entry))),
    );
  });

  test('no sentence of more than four words is copied', () => {
    const theirs = new Set(
      ['meraki-v1.41.0.json', 'meraki-v1.42.0.json', 'meraki-v1.44.0-swagger2.json']
        .filter((name) => existsSync(join(shared, name)))
        .flatMap((name) => [...textsOf(json(vendor(name)))].flatMap(sentencesOf)),
    );
    expect(theirs.size).toBeGreaterThan(1000);
    const copied = [...textsOf(json(document))]
      .flatMap(sentencesOf)
      .filter((sentence) => wordsIn(sentence) > 4 && theirs.has(sentence));
    expect(copied).toEqual([]);
  });
});
