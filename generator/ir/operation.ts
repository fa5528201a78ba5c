import type { Body, Param } from './ir.ts';

/** Whether a caller must give an input. */
export function requiresInput(operation: {
  readonly params: readonly Param[];
  readonly body?: Body | undefined;
}): boolean {
  return operation.params.some(({ required }) => required) || operation.body?.required === true;
}
