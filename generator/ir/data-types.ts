import type { Api } from './api.ts';
import type { Type } from './ir.ts';
import { declarationsOf } from './operation.ts';

/** A declared type whose values are data. */
export interface DataType {
  readonly name: string;
  readonly type: Type;
}

/**
 * The declared types that a validator can check: bodies, results, components and webhooks. Inputs of
 * functions are not among them, nor is what is read as it arrives.
 */
export function dataTypesOf({ groups, types, webhooks }: Api): readonly DataType[] {
  const own = groups
    .flatMap(({ operations }) => operations)
    .flatMap((operation) =>
      declarationsOf(operation).filter(({ name }) => name !== operation.types.input),
    );
  const events = webhooks.map(({ typeName, body }) => ({ name: typeName, type: body }));
  return [...own, ...types, ...events].filter(({ type }) => !hasStream(type));
}

/** Whether a value of it is read as it arrives. */
export function hasStream(type: Type): boolean {
  return type.kind === 'stream' || (type.kind === 'union' && type.members.some(hasStream));
}
