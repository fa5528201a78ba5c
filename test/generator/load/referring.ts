import { document } from './loading.ts';

/** A document whose one response has the schema that a reference leads to. */
export function referring(reference: string): string {
  return document({
    paths: {
      '/a': {
        get: {
          responses: {
            200: {
              description: 'd',
              content: { 'application/json': { schema: { $ref: reference } } },
            },
          },
        },
      },
    },
  });
}

export const column: number = referring('').indexOf('"$ref"') + 1;

export const at: string = `:1:${column} /paths/~1a/get/responses/200/content/application~1json/schema/$ref`;
