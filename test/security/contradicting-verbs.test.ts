import { describe, expect, test } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.ts';
import { readApi } from '../../generator/read-api.ts';

async function codesOf(verb: string, method: string, overrides = {}): Promise<readonly string[]> {
  const document = {
    openapi: '3.0.3',
    info: { title: 'Things', version: '1' },
    'x-batchable-actions': [{ summary: 'Change', resource: '/things/{id}', operation: verb }],
    paths: {
      '/things/{id}': {
        [method]: {
          operationId: 'changeThing',
          summary: 'Change',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: { 200: { description: 'Done.' } },
        },
      },
    },
  };
  const diagnostics = new Diagnostics();
  const stdin = (async function* () {
    yield Buffer.from(JSON.stringify(document));
  })();
  const target = { input: '-', dialect: 'meraki', overrides };
  const read = await readApi(target, diagnostics, { stdin });
  const [operation] = read?.api.groups[0]?.operations ?? [];
  return [...diagnostics.list.map(({ code }) => code), operation?.batch ? 'bound' : 'not bound'];
}

describe('a standard verb that contradicts the method is an error', () => {
  test.each([
    ['destroy', 'put'],
    ['create', 'delete'],
    ['update', 'post'],
    ['update', 'delete'],
  ])('%s of a %s', async (verb, method) => {
    expect(await codesOf(verb, method)).toEqual(['batch/contradiction', 'not bound']);
  });

  test('also where an override names the operation', async () => {
    const overrides = { 'destroy /things/{id}': 'changeThing' };
    expect(await codesOf('destroy', 'put', overrides)).toEqual([
      'batch/contradiction',
      'not bound',
    ]);
  });
});

test.each([
  ['update', 'put'],
  ['update', 'patch'],
  ['destroy', 'delete'],
  ['create', 'post'],
  ['claim', 'post'],
  ['settings/update', 'put'],
])('%s of a %s is bound', async (verb, method) => {
  expect(await codesOf(verb, method)).toEqual(['bound']);
});
