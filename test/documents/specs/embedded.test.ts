import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import SwaggerParser from '@apidevtools/swagger-parser';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly parameters?: readonly object[];
}

interface Document {
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete']);

function file(name: string): string {
  return fileURLToPath(new URL(`../../../specs/${name}/openapi.yaml`, import.meta.url));
}

function read(name: string): Document {
  return parse(readFileSync(file(name), 'utf8')) as Document;
}

function operationsOf({ paths }: Document): readonly (readonly [string, Operation])[] {
  return Object.values(paths).flatMap((item) =>
    Object.entries(item).filter(([verb]) => verbs.has(verb)),
  );
}

describe.each([
  ['axapi', 30],
  ['journyx', 20],
  ['graph', 10],
])('the document of %s', (name, least) => {
  const document = read(name);
  const operations = operationsOf(document);

  test('is valid', async () => {
    await expect(SwaggerParser.validate(file(name))).resolves.toBeDefined();
  });

  test(`has at least ${least} operations, each under a name of its own`, () => {
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(ids.length).toBeGreaterThanOrEqual(least);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('describes each operation, and each tag that one has', () => {
    const tags = new Set(document.tags.map((tag) => tag.name));
    const poor = operations.filter(
      ([, { summary, tags: used }]) => !summary || !used.every((tag) => tags.has(tag)),
    );
    expect(poor).toEqual([]);
  });
});

test('every change of a Journyx object takes If-Match', () => {
  const changes = operationsOf(read('journyx')).filter(
    ([verb]) => verb === 'put' || verb === 'delete',
  );
  const taken = changes.filter(([, { parameters = [] }]) =>
    JSON.stringify(parameters).includes('#/components/parameters/IfMatch'),
  );
  expect(changes.length).toBeGreaterThan(5);
  expect(taken).toEqual(changes);
});
