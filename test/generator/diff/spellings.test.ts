import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../generator/diff/finding.ts';
import { diffOf, documentWith } from './documents.ts';

const text = { type: 'string' };
const bytes = { type: 'string', format: 'binary' };
const holding = (schema: object) => ({ content: { 'application/json': { schema } } });
const operation = (more: object, components: object = {}) =>
  documentWith(
    { '/pets': { post: { responses: { 200: { description: 'Done' } }, ...more } } },
    { components },
  );
const answers = (responses: object) => operation({ responses });

/** The worst that was found, documentation aside. */
function worstOf(findings: readonly Finding[]): string {
  return findings.find(({ severity }) => severity !== 'docs')?.severity ?? 'nothing';
}

describe.each(['application/octet-stream', 'image/png', 'application/pdf'])(
  'bytes of %s',
  (type) => {
    const described = { content: { [type]: { schema: bytes } } };
    const bare = { content: { [type]: {} } };
    test('need no schema', async () => {
      const old = operation({
        requestBody: described,
        responses: { 200: { ...described, description: '' } },
      });
      const now = operation({
        requestBody: bare,
        responses: { 200: { ...bare, description: '' } },
      });
      expect(worstOf(await diffOf(old, now))).toBe('nothing');
      expect(worstOf(await diffOf(now, old))).toBe('nothing');
    });
  },
);

const some = { description: 'Some', ...holding(text) };
const other = { description: 'Other', ...holding({ type: 'integer' }) };

test.each([
  ['200', '2XX'],
  ['404', '4XX'],
  ['503', '5xx'],
])('%s and %s are compared with each other', async (status, range) => {
  const success = { 201: { description: 'Done' } };
  const one = answers({ ...success, [status]: some });
  expect(worstOf(await diffOf(one, answers({ ...success, [range]: some })))).not.toBe('breaking');
  expect(worstOf(await diffOf(answers({ ...success, [range]: some }), one))).not.toBe('breaking');
  expect(worstOf(await diffOf(one, answers({ ...success, [range]: other })))).toBe('breaking');
  expect(worstOf(await diffOf(answers({ ...success, [range]: other }), one))).toBe('breaking');
});

test('a range of successes may be spelled out', async () => {
  const now = answers({ 201: some, 202: some });
  expect(worstOf(await diffOf(answers({ '2XX': some }), now))).toBe('info');
});

const schemes = {
  key: { type: 'apiKey', in: 'header', name: 'X-Key' },
  basic: { type: 'http', scheme: 'basic' },
  bearer: { type: 'http', scheme: 'bearer' },
};

test.each(Object.entries(schemes))(
  'the wire does not carry the name of a scheme: %s',
  async (_, scheme) => {
    const named = (name: string, more: object = {}) =>
      operation({ security: [{ [name]: [] }] }, { securitySchemes: { [name]: scheme, ...more } });
    expect(worstOf(await diffOf(named('old'), named('now')))).toBe('info');
    const others = { further: { type: 'apiKey', in: 'query', name: 'k' } };
    expect(worstOf(await diffOf(named('old', others), named('now', others)))).toBe('info');
  },
);

test('a scheme that is sent otherwise is another one', async () => {
  const of = (name: string, scheme: object) =>
    operation({ security: [{ [name]: [] }] }, { securitySchemes: { [name]: scheme } });
  const findings = await diffOf(of('old', schemes.key), of('now', { ...schemes.key, in: 'query' }));
  expect(worstOf(findings)).toBe('breaking');
});
