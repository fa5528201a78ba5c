// @ts-nocheck
import type { ToolAnnotations } from '@modelcontextprotocol/server';

export type ToolName = 'search' | 'describe' | 'read' | 'plan' | 'apply' | 'status' | 'undo';

type JsonSchema = { readonly [name: string]: unknown };

interface Tool {
  readonly name: ToolName;
  readonly description: string;
  readonly schema: JsonSchema & { readonly type: 'object' };
  readonly annotations: ToolAnnotations;
}

const text = { type: 'string' };
const anything = { type: 'object' };

/** The tools: as many for an API of ten operations as for one of a thousand. */
export const toolList: readonly Tool[] = [
  {
    name: 'search',
    description: 'Find operations of the API by words of their name, path or summary.',
    schema: object({ query: text }, ['query']),
    annotations: { readOnlyHint: true, openWorldHint: false },
  },
  {
    name: 'describe',
    description: 'What an operation takes: parameters and body, with types and choices.',
    schema: object({ operation: text }, ['operation']),
    annotations: { readOnlyHint: true, openWorldHint: false },
  },
  {
    name: 'read',
    description:
      'Call a GET operation. Long results are cut: read on with the token `more` that they end with.',
    schema: object({
      operation: text,
      input: { ...anything, description: 'parameters by name' },
      fields: { type: 'array', items: text, description: 'only these members: id, a.b' },
      limit: { type: 'integer', minimum: 1, description: 'at most so many items' },
      more: text,
    }),
    annotations: { readOnlyHint: true, openWorldHint: true },
  },
  {
    name: 'plan',
    description:
      'Check changes and compare them with what is there. Nothing is sent. Gives a plan id and a hash for apply.',
    schema: object(
      {
        changes: {
          type: 'array',
          items: object(
            {
              operation: text,
              input: { ...anything, description: 'parameters by name, and body' },
            },
            ['operation'],
          ),
        },
        scope: {
          ...anything,
          additionalProperties: text,
          description: 'what batches belong to, such as organizationId',
        },
        onError: { enum: ['stop', 'continue'] },
      },
      ['changes'],
    ),
    annotations: { readOnlyHint: true, openWorldHint: true },
  },
  {
    name: 'apply',
    description:
      'Apply a plan once. Waits until a person approves it, outside of this conversation; you cannot approve.',
    schema: object({ plan: text, hash: text }, ['plan', 'hash']),
    annotations: { readOnlyHint: false, destructiveHint: true, openWorldHint: true },
  },
  {
    name: 'status',
    description:
      'What became of a plan or a run, with what failed and why; without either, a list.',
    schema: object({ plan: text, run: text }),
    annotations: { readOnlyHint: true, openWorldHint: false },
  },
  {
    name: 'undo',
    description: 'Plan what takes a run back. Apply it as any plan.',
    schema: object({ run: text }, ['run']),
    annotations: { readOnlyHint: true, openWorldHint: true },
  },
];

function object(
  properties: JsonSchema,
  required: readonly string[] = [],
): JsonSchema & { readonly type: 'object' } {
  return {
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}
