/** A tree of texts: `a[b]=1&c[0]=2` is `{ a: { b: '1' }, c: { 0: '2' } }`. */
export interface Tree {
  [name: string]: string | Tree;
}

/** Reads a form as servers of Rack do, whatever wrote it: names in brackets are members. */
export function membersOf(form: string): Tree {
  const root: Tree = {};
  for (const [name, value] of new URLSearchParams(form)) {
    const [first = '', ...rest] = name.split('[').map((part) => part.replace(/\]$/, ''));
    let at = root;
    let key = first;
    for (const next of rest) {
      const inner = at[key] ?? {};
      if (typeof inner === 'string') throw new Error(`${name} is a text and has members.`);
      at[key] = inner;
      at = inner;
      key = next === '' ? String(Object.keys(inner).length) : next;
    }
    at[key] = value;
  }
  return sorted(root);
}

/** A value as such a tree; what is empty leaves nothing. */
export function textsOf(value: unknown): Tree {
  const tree = inner(value);
  return typeof tree === 'object' ? sorted(tree) : {};
}

function inner(value: unknown): string | Tree | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object') return String(value);
  const members = Object.entries(value).flatMap(([name, item]) => {
    const tree = inner(item);
    return tree === undefined ? [] : [[name, tree] as const];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

function sorted(tree: Tree): Tree {
  return Object.fromEntries(
    Object.entries(tree)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, typeof value === 'string' ? value : sorted(value)]),
  );
}
