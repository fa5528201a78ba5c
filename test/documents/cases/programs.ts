/** The cases of types: a program that their package must allow, and lines that it must not. */
export const programs: Readonly<Record<string, string>> = {
  '200-png-202-json': `
    import type { GetShotResponse } from './src/x.js';
    export const both: readonly GetShotResponse[] = [new Blob([]), { state: 'made' }];`,
  '201-without-content': `
    import type { PutItemResponse } from './src/x.js';
    export const both: readonly PutItemResponse[] = [undefined, { id: 'a' }];`,
  'discriminator-shared-enum': `
    import type { Pet } from './src/types.js';
    export const lives = (p: Pet): number => (p.kind === 'cat' ? p.lives : 0);`,
  'dynamic-ref-inline': `
    import type { GetOrdersResponse, GetUsersResponse } from './src/x.js';
    export const users: GetUsersResponse = { list: [{ id: 'a' }] };
    export const orders: GetOrdersResponse = { list: [{ total: 1 }] };`,
  'oas32-item-schema': `
    import type { createClient } from './src/client.js';
    import { getEvents, getSeq } from './src/x.js';
    export async function sum(client: ReturnType<typeof createClient>): Promise<number> {
      let sum = 0;
      for await (const { n } of getEvents(client)) sum += n ?? 0;
      for await (const { n } of getSeq(client)) sum += n ?? 0;
      return sum;
    }`,
  'pattern-properties-closed': `
    import type { Closed, Pet } from './src/types.js';
    export const pet = (closed: Closed): Pet | undefined => closed['a'];
    // @ts-expect-error
    export const wrong: Closed = { a: 1 };`,
  'readonly-by-ref': `
    import type { OrderInput } from './src/types.js';
    export const order: OrderInput = { name: 'a' };
    // @ts-expect-error
    export const wrong: OrderInput = { id: 'a', name: 'a' };`,
  'required-by-ref-part': `
    import type { PostPBody } from './src/x.js';
    import type { Named } from './src/types.js';
    export const name = (named: Named): string => named.name;
    // @ts-expect-error
    export const wrong: PostPBody = {};`,
  'swagger2-discriminator-base': `
    import type { GetVResponse } from './src/x.js';
    export const sum = (values: GetVResponse): unknown =>
      values.map((v) => (v.kind === 'IntValue' ? v.i?.toFixed() : v.s?.trim()));`,
  'upload-contentmediatype-31': `
    import type { UploadBody } from './src/x.js';
    export const body: UploadBody = { file: new Blob([]), files: [new Blob([])] };
    // @ts-expect-error
    export const wrong: UploadBody = { file: 'text' };`,
};
