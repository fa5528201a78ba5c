/** A schema before and after one change, and where that breaks a client: as a request, as an answer. */
export interface SchemaKind {
  readonly old: object;
  readonly now: object;
  readonly breaks: 'request' | 'response' | 'both' | 'nothing';
}

export type Kinds = Readonly<Record<string, SchemaKind>>;

/** What narrows breaks requests, and undone it widens, which breaks answers. */
export function bothWays(name: string, wide: object, narrow: object): Kinds {
  return {
    [`${name}, narrower`]: { old: wide, now: narrow, breaks: 'request' },
    [`${name}, wider`]: { old: narrow, now: wide, breaks: 'response' },
  };
}

/** A bound that is set, moved, and held in a property and in items. */
export function bound(
  name: string,
  base: object,
  low: number,
  high: number,
  upper: boolean,
): Kinds {
  const [wide, narrow] = upper ? [high, low] : [low, high];
  return {
    ...bothWays(`${name} set`, base, { ...base, [name]: high }),
    ...bothWays(`${name} moved`, { ...base, [name]: wide }, { ...base, [name]: narrow }),
    ...bothWays(
      `${name} of a property`,
      { type: 'object', properties: { a: { ...base, [name]: wide } } },
      { type: 'object', properties: { a: { ...base, [name]: narrow } } },
    ),
    ...bothWays(
      `${name} of items`,
      { type: 'array', items: { ...base, [name]: wide } },
      { type: 'array', items: { ...base, [name]: narrow } },
    ),
  };
}

/** Two ways to write the same. */
export function same(name: string, old: object, now: object): Kinds {
  return {
    [`${name}, written out`]: { old, now, breaks: 'nothing' },
    [`${name}, left out`]: { old: now, now: old, breaks: 'nothing' },
  };
}

/** What lets some values pass and others no longer. */
export function changed(name: string, old: object, now: object): Kinds {
  return { [name]: { old, now, breaks: 'both' } };
}
