// @ts-nocheck
/** An object whose members are sent, or a list: neither a date nor another value with a text of its own. */
export function isStructure(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !('toJSON' in value);
}

/** The members of an object by name, without those that are absent; none of what is not an object. */
export function membersOf(value: unknown): [name: string, value: unknown][] {
  return isStructure(value) ? Object.entries(value).filter(([, member]) => member != null) : [];
}

/** A value's parts as texts: the items of a list, an object's names and values, or the value itself. */
export function partsOf(
  value: unknown,
  explode: boolean,
  textOf: (part: unknown) => string,
): string[] {
  if (Array.isArray(value)) return value.filter((item) => item != null).map(textOf);
  if (!isStructure(value)) return [textOf(value ?? '')];
  const pairs = membersOf(value).map((pair) => pair.map(textOf));
  return explode ? pairs.map((pair) => pair.join('=')) : pairs.flat();
}
