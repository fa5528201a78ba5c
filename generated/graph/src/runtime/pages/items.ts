/** The names of members that lead to a value, from the outside in. */
export type Path = readonly string[];

/** A value of any type, of which a property is asked all the same. */
type Loose = { readonly [name: string]: Loose } | null | undefined;

/** The value at a path of property names; undefined where it leads nowhere. */
export function at(body: unknown, path: Path): unknown {
  return path.reduce((value, name) => value?.[name], body as Loose);
}

/**
 * A page's items, by what came rather than by what was declared, as servers differ from their
 * documents: the declared list, the body itself, its `items`, or its only property that is a list.
 * Undefined where there is no telling. An empty body, and a declared list that is absent, are empty.
 * @param single Whether a body that is no list is an item itself.
 */
export function itemsOf(
  body: unknown,
  path?: Path,
  single = false,
): readonly unknown[] | undefined {
  const given = [at(body, path ?? ['items']), body].find(Array.isArray);
  if (given) return given;
  if (single && body != null) return [body];
  const [only, another] = Object.values(Object(body)).filter(Array.isArray);
  return another ? undefined : (only ?? (path || body == null ? [] : undefined));
}
