// @ts-nocheck
/** The value at a path of members, where there is one. */
export function valueAt(value: unknown, path: string): unknown {
  // A member may have dots in its own name.
  if (isObject(value) && Object.hasOwn(value, path)) return value[path];
  let found = value;
  for (const name of path.split('.')) {
    if (Array.isArray(found) && /^\d+$/.test(name)) found = found[Number(name)];
    else if (isObject(found) && Object.hasOwn(found, name)) found = found[name];
    else return undefined;
  }
  return found;
}

/** An object with these members alone, by their paths: `name`, `switch.ports`. */
export function selectFields(value: unknown, fields: readonly string[]): unknown {
  if (fields.length === 0 || !isObject(value)) return value;
  return Object.fromEntries(fields.map((field) => [field, valueAt(value, field) ?? null]));
}

/** Whether a value has members. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
