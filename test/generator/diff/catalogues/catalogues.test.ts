import { describe, expect, test } from 'vitest';
import { diffOf, documentWith } from '../documents.ts';
import { messageKinds } from './message-kinds.ts';
import { objectKinds } from './object-kinds.ts';
import { operationKinds } from './operation-kinds.ts';
import { valueKinds } from './value-kinds.ts';

// The kinds are those of https://github.com/oasdiff/oasdiff/blob/main/docs/BREAKING-CHANGES-EXAMPLES.md,
// https://github.com/Netcracker/qubership-apihub-compatibility-suites and
// https://github.com/criteo/openapi-comparator/tree/master/documentation, without those that
// docs/diff-rules.md decides otherwise.

const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const done = { 200: { description: 'Done' } };

/** Where a schema may stand, and whose values it describes there. */
const places = {
  'a query parameter': [
    'request',
    (schema) => ({ parameters: [{ name: 'a', in: 'query', ...json(schema) }] }),
  ],
  'a request body': ['request', (schema) => ({ requestBody: json(schema) })],
  'a property of a request body': ['request', (schema) => ({ requestBody: json(holding(schema)) })],
  'an answer': [
    'response',
    (schema) => ({ responses: { 200: { description: 'Done', ...json(schema) } } }),
  ],
  'items of an answer': [
    'response',
    (schema) => ({
      responses: { 200: { description: 'Done', ...json({ type: 'array', items: schema }) } },
    }),
  ],
  'a header of an answer': [
    'response',
    (schema) => ({ responses: { 200: { description: 'Done', headers: { A: json(schema) } } } }),
  ],
} as const satisfies Readonly<
  Record<string, readonly ['request' | 'response', (schema: object) => object]>
>;

function holding(schema: object): object {
  return { type: 'object', properties: { held: schema } };
}

function documentFor(operation: object): object {
  return documentWith({ '/pets': { post: { responses: done, ...operation } } });
}

describe.each(Object.entries(places))('in %s', (_, [direction, operationWith]) => {
  test.each(Object.entries({ ...valueKinds, ...objectKinds }))(
    '%s',
    async (_, { old, now, breaks }) => {
      const findings = await diffOf(
        documentFor(operationWith(old)),
        documentFor(operationWith(now)),
      );
      const found = findings.filter(({ severity }) => severity === 'breaking');
      const isBreaking = breaks === 'both' || breaks === direction;
      expect(found.length > 0, found.map(({ rule }) => rule).join()).toBe(isBreaking);
    },
  );
});

test.each(Object.entries({ ...operationKinds, ...messageKinds }))(
  '%s',
  async (_, { old, now, breaks }) => {
    const findings = await diffOf(old, now);
    const found = findings.filter(({ severity }) => severity === 'breaking');
    expect(found.length > 0, found.map(({ rule }) => rule).join()).toBe(breaks);
  },
);
