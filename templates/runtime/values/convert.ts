/**
 * Gives a value in place of one of JSON. What does not fit stays as it came: that a server keeps to
 * its document is not found out here. Objects and lists are changed in place, as they were just parsed.
 * @param long What stands for a number that a JavaScript number cannot hold.
 */
export type Convert = (value: unknown, long?: LongNumbers) => unknown;

/** Numbers that are kept as texts, behind a mark that no server can know. */
export interface LongNumbers {
  readonly mark: string;
  /** How many are still texts. */
  left: number;
}

/** Each item of a list. */
export function list(convert: Convert): Convert {
  return (value, long) => {
    if (!Array.isArray(value)) return value;
    for (let index = 0; index < value.length; index += 1)
      value[index] = convert(value[index], long);
    return value;
  };
}

/** The first items of a list, each in its way; those behind them by `rest`. */
export function tuple(items: readonly (Convert | undefined)[], rest?: Convert): Convert {
  return (value, long) => {
    if (!Array.isArray(value)) return value;
    for (let index = 0; index < value.length; index += 1) {
      const convert = index < items.length ? items[index] : rest;
      if (convert) value[index] = convert(value[index], long);
    }
    return value;
  };
}

/** The members of an object by their names; the others by `rest`. */
export function members(own: Readonly<Record<string, Convert>>, rest?: Convert): Convert {
  const known = new Map(Object.entries(own));
  return (value, long) => {
    if (!isObject(value)) return value;
    const names = rest ? Object.keys(value) : known.keys();
    for (const name of names) {
      const convert = known.get(name) ?? rest;
      if (convert && Object.hasOwn(value, name)) put(value, name, convert(value[name], long));
    }
    return value;
  };
}

/** One way after the other: what a value is all of at once, or one of without a doubt. */
export function all(...converts: readonly Convert[]): Convert {
  return (value, long) => converts.reduce((before, convert) => convert(before, long), value);
}

/** By the value of a member that tells objects apart. */
export function tagged(name: string, cases: Readonly<Record<string, Convert>>): Convert {
  const known = new Map(Object.entries(cases));
  return (value, long) => {
    const convert = isObject(value) ? known.get(String(value[name])) : undefined;
    return convert ? convert(value, long) : value;
  };
}

/** By the first list of names all of which an object has. */
export function fitting(
  cases: readonly (readonly [names: readonly string[], convert?: Convert])[],
): Convert {
  return (value, long) => {
    if (!isObject(value)) return value;
    const [, convert] =
      cases.find(([names]) => names.every((name) => Object.hasOwn(value, name))) ?? [];
    return convert ? convert(value, long) : value;
  };
}

const made = new WeakMap<() => Convert, Convert>();

/** What is made when it is first used, and once: types may hold themselves. */
export function lazily(make: () => Convert): Convert {
  return (value, long) => {
    const convert = made.get(make) ?? make();
    made.set(make, convert);
    return convert(value, long);
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function put(object: Record<string, unknown>, name: string, value: unknown): void {
  // As a plain member it would set the prototype.
  if (name === '__proto__')
    Object.defineProperty(object, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  else object[name] = value;
}
