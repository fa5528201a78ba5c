/** A schema of any library: https://standardschema.dev. */
export interface ForeignSchema {
  readonly '~standard': {
    readonly validate: (value: unknown) => ForeignResult | Promise<ForeignResult>;
  };
}

interface ForeignResult {
  readonly issues?: readonly ForeignIssue[] | undefined;
}

interface ForeignIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What a schema found, without the values that it found it in. */
export interface FoundIssue {
  readonly message: string;
  /** The keys that lead there; empty for the body itself. */
  readonly path: readonly (string | number)[];
}

/** So many issues are kept, and so many are put into words. */
export const MOST_ISSUES = 100;
const MOST_WORDS = 5;
/** A text that is shorter is part of other words, and is hidden where it stands in quotes. */
const SHORTEST = 4;
const MAX_MESSAGE = 300;
const MAX_KEY = 60;

/**
 * What a schema finds in a value, at once where the schema answers so.
 * @param counts Whether what is found at the keys counts.
 */
export function foundIn(
  { '~standard': standard }: ForeignSchema,
  value: unknown,
  counts: (keys: readonly PropertyKey[]) => boolean = () => true,
): readonly FoundIssue[] | Promise<readonly FoundIssue[]> {
  const read = ({ issues = [] }: ForeignResult): readonly FoundIssue[] =>
    issues
      .map(({ message, path = [] }) => ({
        message,
        keys: path.map((part) => (typeof part === 'object' ? part.key : part)),
      }))
      .filter(({ keys }) => counts(keys))
      .slice(0, MOST_ISSUES)
      .map(({ message, keys }) => ({
        message: withoutValue(message, valueAt(value, keys)),
        path: keys.map((key) => (typeof key === 'number' ? key : shown(String(key), MAX_KEY))),
      }));
  const result = standard.validate(value);
  return 'then' in result ? result.then(read) : read(result);
}

/** `body.ports[0].vlan: Expected <= 4094`, the first of them. */
export function wordsOf(root: string, issues: readonly FoundIssue[]): string {
  const first = issues.slice(0, MOST_WORDS).map(({ message, path }) => {
    const place = path.map((key) =>
      typeof key === 'number'
        ? `[${key}]`
        : /^[\w$]+$/.test(key)
          ? `.${key}`
          : `[${JSON.stringify(key)}]`,
    );
    return `${root}${place.join('')}: ${message}`;
  });
  const more = issues.length - first.length;
  return `${first.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** A message in which some libraries repeat the value: it may be a password. */
function withoutValue(message: string, value: unknown): string {
  return shown(hide(message, value), MAX_MESSAGE);
}

function hide(message: string, value: unknown): string {
  switch (typeof value) {
    case 'string': {
      if (value === '') return message;
      const unquoted = message.replaceAll(`"${value}"`, '…').replaceAll(JSON.stringify(value), '…');
      return value.length < SHORTEST ? unquoted : unquoted.replaceAll(value, '…');
    }
    case 'number':
    case 'bigint':
      // The bound that it breaks may be the same number.
      return message.replace(/\b(received|got) -?\d.*$/is, '$1 …');
    case 'boolean':
    case 'undefined':
    case 'object':
    case 'function':
    case 'symbol':
      return message;
  }
}

function valueAt(value: unknown, keys: readonly PropertyKey[]): unknown {
  let at = value;
  for (const key of keys) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return at;
}

/** A text of a server on one line, without what a terminal would obey. */
function shown(text: string, most: number): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').slice(0, most);
}
