// @ts-nocheck
/**
 * A copy that holds only the own enumerable properties of `input` and inherits nothing, so that
 * neither a prototype nor a property named `__proto__` can pass for a parameter.
 */
export function own<T extends object>(input: T | undefined): T {
  // The copy has every property that the type knows; what it lacks is Object.prototype.
  return { __proto__: null, ...input } as unknown as T;
}
