import { main } from '../../../generator/cli/main.ts';

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line inside this process, as if from `folder`. */
export async function run(folder: string, ...argv: readonly string[]): Promise<Result> {
  let stdout = '';
  let stderr = '';
  const code = await main(argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    folder,
  });
  return { code, stdout, stderr };
}

/** A document of three operations: one that pages, and one that batches. */
export const petStore: Readonly<Record<string, unknown>> = {
  openapi: '3.0.3',
  info: { title: 'Pet Store', version: '1.0.0' },
  'x-batchable-actions': [{ summary: 'Adopt', resource: '/pets', operation: 'create' }],
  paths: {
    '/pets': {
      get: {
        operationId: 'listPets',
        tags: ['pets'],
        parameters: [{ name: 'startingAfter', in: 'query', schema: { type: 'string' } }],
        responses: {
          200: {
            description: 'Pets',
            headers: { Link: { schema: { type: 'string' } } },
            content: {
              'application/json': { schema: { type: 'array', items: { type: 'string' } } },
            },
          },
        },
      },
      post: {
        operationId: 'createPet',
        summary: 'Adopt',
        tags: ['pets'],
        responses: { 201: { description: 'Done' } },
      },
    },
    '/owners': {
      get: {
        operationId: 'listOwners',
        tags: ['owners'],
        responses: { 204: { description: 'None' } },
      },
    },
  },
};
