import { describe, expect, test } from 'vitest';
import { createBatch } from '../../templates/runtime/batch/draft/draft-batch.ts';
import { createPlan } from '../../templates/runtime/batch/plan/create-plan.ts';
import { action } from '../../templates/runtime/batch/action/action.ts';
import { createClient } from '../../templates/runtime/client.ts';
import { updateNetwork } from '../runtime/batch/builders.ts';
import { meraki } from '../runtime/batch/meraki.ts';
import { emit } from '../support/emit.ts';

const password = { type: 'string', format: 'password' };

async function secretsOf(
  properties: object,
  components: object = {},
  parameters: readonly object[] = [],
): Promise<string | undefined> {
  const document = {
    openapi: '3.0.3',
    info: { title: 'Things', version: '1' },
    'x-batchable-actions': [{ summary: 'Change', resource: '/things/{id}', operation: 'update' }],
    components: { schemas: components },
    paths: {
      '/things/{id}': {
        put: {
          operationId: 'changeThing',
          summary: 'Change',
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
            ...parameters,
          ],
          requestBody: {
            content: { 'application/json': { schema: { type: 'object', properties } } },
          },
          responses: { 200: { description: 'Done.' } },
        },
      },
    },
  };
  const { files } = await emit(JSON.stringify(document), { dialect: 'meraki' });
  const text = files.get('src/batch/dialect.ts') ?? '';
  return /secretMembers: (\[[^\]]*\])/.exec(text)?.[1];
}

describe('the dialect names the members that the document gives the format password', () => {
  test('directly', async () => {
    expect(await secretsOf({ pin: password, note: { type: 'string' } })).toBe("['pin']");
  });

  test('in objects, lists and alternatives', async () => {
    const inner = { type: 'object', properties: { pins: { type: 'array', items: password } } };
    const either = { oneOf: [{ type: 'integer' }, password] };
    expect(await secretsOf({ list: { type: 'array', items: inner }, either })).toBe(
      "['either', 'pins']",
    );
  });

  test('by a schema that has a name, and one that refers to itself', async () => {
    const node = {
      type: 'object',
      properties: {
        code: { $ref: '#/components/schemas/Code' },
        next: { $ref: '#/components/schemas/Node' },
      },
    };
    expect(
      await secretsOf(
        { node: { $ref: '#/components/schemas/Node' } },
        { Node: node, Code: password },
      ),
    ).toBe("['code']");
  });

  test('as parameters of queries', async () => {
    const parameter = { name: 'pin', in: 'query', schema: password };
    expect(await secretsOf({ note: { type: 'string' } }, {}, [parameter])).toBe("['pin']");
  });

  test('and says nothing where there is none', async () => {
    expect(await secretsOf({ note: { type: 'string' } })).toBeUndefined();
  });
});

describe('what the dialect names is not shown', () => {
  const dialect = { ...meraki, secretMembers: ['pin'] };
  const body = { deep: [{ pin: '1234', note: 'seen' }] } as object;

  test('by a plan as JSON', () => {
    const sent = updateNetwork({ networkId: 'N_1', body });
    const text = JSON.stringify(createPlan(dialect, [sent]));
    expect(text).not.toContain('1234');
    expect(text).toContain('seen');
    expect(JSON.stringify(sent)).toContain('1234');
  });

  test('beside what the caller names', () => {
    const sent = updateNetwork({ networkId: 'N_1', body: { pin: '1234', code: '5678' } as object });
    const text = JSON.stringify(createPlan(dialect, [sent], { redact: ['code'] }));
    expect(text).not.toMatch(/1234|5678/);
  });

  test('by the plan of a batch object', () => {
    const client = createClient({ baseUrl: 'https://api.example.com/v1' });
    const plan = createBatch(client, dialect).plan([
      action('a', { resource: '/networks/N_1', operation: 'update', body }),
    ]);
    expect(JSON.stringify(plan)).not.toContain('1234');
  });
});
