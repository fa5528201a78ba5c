// @ts-nocheck
const originals = new WeakMap<object, object>();

/** Keeps which function a bound one was made of. */
export function keepOriginal(bound: object, original: object): void {
  originals.set(bound, original);
}

/** The function that a bound one was made of, or the function itself. */
export function originalOf(operation: object): object {
  return originals.get(operation) ?? operation;
}
