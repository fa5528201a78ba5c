// @ts-nocheck
/** The names of members that lead to a value, from the outside in. */
export type Path = readonly string[];

/** A value of any type, of which a property is asked all the same. */
type Loose = { readonly [name: string]: Loose } | null | undefined;

/** The value at a path of property names; undefined where it leads nowhere. */
export function at(body: unknown, path: Path): unknown {
  return path.reduce((value, name) => value?.[name], body as Loose);
}

/** Reads the items of a page; undefined where there is no telling. */
export type Items = (body: unknown) => readonly unknown[] | undefined;

/**
 * A body that is the list, by what came rather than by what was declared, as servers differ from
 * their documents: the body itself, its `items`, or its only property that is a list. An empty body
 * is an empty page.
 */
export const listItems: Items = (body) => {
  const { items } = Object(body) as { readonly items?: unknown };
  return [items, body].find(Array.isArray) ?? onlyList(body);
};

/** A body that holds the list at a path. A list that is absent is empty. */
export function itemsAt(path: Path): Items {
  return (body) => [at(body, path), body].find(Array.isArray) ?? onlyList(body, []);
}

/** A body that may be a single item. */
export const listOrItem: Items = (body) =>
  [at(body, ['items']), body].find(Array.isArray) ?? (body == null ? [] : [body]);

function onlyList(body: unknown, absent?: readonly unknown[]): readonly unknown[] | undefined {
  // Of a text, each character would be a value, which takes seconds where it is long.
  const [only, another] = Object.values(body === Object(body) ? (body as object) : {}).filter(
    Array.isArray,
  );
  return another ? undefined : (only ?? (body == null ? [] : absent));
}
