import { documentWith } from '../documents.ts';

/** A document before and after one change, and whether it breaks a client. */
export interface OperationKind {
  readonly old: object;
  readonly now: object;
  readonly breaks: boolean;
}

export type OperationKinds = Readonly<Record<string, OperationKind>>;

export const done = { 200: { description: 'Done' } };
export const text = { type: 'string' };
export interface Content {
  readonly content: Readonly<Record<string, { readonly schema: object }>>;
}

export const json = (schema: object): Content => ({
  content: { 'application/json': { schema } },
});
export const body: Content = json({ type: 'object', properties: { name: text } });
export function operation(fields: object, more: object = {}, path = '/pets/{id}'): object {
  const id = { name: 'id', in: 'path', required: true, schema: text };
  return documentWith(
    {
      [path]: {
        parameters: path.includes('{id}') ? [id] : [],
        get: { responses: done, ...fields },
      },
    },
    more,
  );
}

export function kind(breaks: boolean, old: object, now: object): OperationKind {
  return { breaks, old: operation(old), now: operation(now) };
}
