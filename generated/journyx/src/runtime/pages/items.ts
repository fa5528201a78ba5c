/** A value of any type, of which a property is asked all the same. */
type Loose = { readonly [name: string]: Loose } | null | undefined;

/** The value at a path of property names; undefined where it leads nowhere. */
export function at(body: unknown, path: readonly string[]): unknown {
  return path.reduce((value, name) => value?.[name], body as Loose);
}

/**
 * A page's items, by what came rather than by what was declared, as servers differ from their
 * documents: the declared list, the body itself, its `items`, or its only property that is a list.
 * Undefined where there is no telling. An empty body, and a declared list that is absent, are empty.
 */
export function itemsOf(body: unknown, path?: readonly string[]): readonly unknown[] | undefined {
  const given = [at(body, path ?? ['items']), body].find(Array.isArray);
  const [only, another] = Object.values(Object(body)).filter(Array.isArray);
  return given ?? (another ? undefined : (only ?? (path || body == null ? [] : undefined)));
}
