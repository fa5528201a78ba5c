/**
 * Whether two JSON values are the same, in whatever order their members stand. `onReference` is called
 * with what stands under `$ref` and `mapping`, at least where they are the same.
 */
export function equal(a: unknown, b: unknown, onReference?: (written: unknown) => void): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (a === b && !onReference) return true;
  // Both are lists, or both are objects; of either the keys are texts.
  const from = a as Readonly<Record<string, unknown>>;
  const to = b as Readonly<Record<string, unknown>>;
  const keys = Object.keys(from);
  const others = Object.keys(to);
  if (keys.length !== others.length) return false;
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] ?? '';
    if (key !== others[index] && !Object.hasOwn(to, key)) return false;
    const value = from[key];
    if (onReference && (key === '$ref' || key === 'mapping')) onReference(value);
    if (value !== to[key] || (onReference && typeof value === 'object'))
      if (!equal(value, to[key], onReference)) return false;
  }
  return true;
}
