import { createHash } from 'node:crypto';

const longest = 80;

/** What of a text can matter to a name. */
const longestSource = 400;

/** The words of any text: `get_user-by.Id` → get, user, by, Id. Letters of other scripts stay. */
function words(text: string): readonly string[] {
  const source = text.slice(0, longestSource);
  if (/^[ -~]*$/.test(source)) return asciiWords(source);
  const plain = withoutMarks(source)
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2');
  return plain.match(letters)?.filter((word) => /^[\p{ID_Continue}]+$/u.test(word)) ?? [];
}

/** The same without classes of Unicode, which take long to compile and to match. */
function asciiWords(text: string): readonly string[] {
  const plain = text
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  return plain.match(/[A-Za-z\d]+/g) ?? [];
}

/** `é` → `e`; the marks of other scripts belong to their letters. */
function withoutMarks(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC');
}

/**
 * What Node.js may take for part of a name and compilers do not yet, as it came to Unicode after
 * 15.1 (TypeScript 7.0).
 */
export const youngLetters: RegExp =
  // The class is of single characters, combining ones among them.
  // oxlint-disable-next-line no-misleading-character-class
  /[\u0897\u088f\u0c5c\u0cdc\u1acf-\u1add\u1ae0-\u1aeb\u1c89\u1c8a\ua7cb-\ua7cf\ua7d2\ua7d4\ua7da-\ua7dc\ua7f1]/;

/** Letters and digits of living scripts: those outside the BMP are none, nor are those that show nothing. */
const letters = new RegExp(
  String.raw`(?:(?!${youngLetters.source}|[\u{10000}-\u{10ffff}]|\p{Default_Ignorable_Code_Point})[\p{L}\p{Nd}])+`,
  'gu',
);

/** `getNetwork` stays, `get-network` becomes `getNetwork`; empty where the text has no letter or digit. */
export function camelCase(text: string): string {
  if (/^[a-z][A-Za-z0-9]*$/.test(text) && text.length <= longest) return text;
  const [first = '', ...rest] = words(text);
  return identifier(first.toLowerCase() + rest.map(capital).join(''), text);
}

export function pascalCase(text: string): string {
  if (/^[A-Za-z][A-Za-z0-9]*$/.test(text) && text.length <= longest) return capital(text);
  return identifier(words(text).map(capital).join(''), text);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Never starts with a digit. A long name is cut off and ends in a hash, so that it stays unique. */
function identifier(text: string, source: string): string {
  const safe = /^\p{Nd}/u.test(text) ? `_${text}` : text;
  if (safe.length <= longest) return safe;
  return `${safe.slice(0, longest - 9)}_${createHash('sha256').update(source).digest('hex').slice(0, 8)}`;
}

/** Names that are handed out once. */
export class Names {
  readonly #taken: Set<string>;
  /** Which number a name that is taken was last given. */
  readonly #last = new Map<string, number>();
  readonly #ignoresCase: boolean;
  readonly #prefer: ((name: string) => string | undefined) | undefined;
  readonly #onClaim: ((name: string, wanted: string, given: string) => void) | undefined;

  /** @param options.reserved Never handed out. @param options.ignoreCase For what becomes a file's name. @param options.prefer What a user calls it. @param options.onClaim Called with what was asked for, what a user calls it, and what it got. */
  constructor(
    options: {
      readonly reserved?: Iterable<string>;
      readonly ignoreCase?: boolean;
      readonly prefer?: (name: string) => string | undefined;
      readonly onClaim?: (name: string, wanted: string, given: string) => void;
    } = {},
  ) {
    this.#onClaim = options.onClaim;
    this.#prefer = options.prefer;
    this.#ignoresCase = options.ignoreCase ?? false;
    this.#taken = new Set();
    for (const name of options.reserved ?? []) this.take(name);
  }

  has(name: string): boolean {
    return this.#taken.has(this.#ignoresCase ? name.toLowerCase() : name);
  }

  take(name: string): void {
    this.#taken.add(this.#ignoresCase ? name.toLowerCase() : name);
  }

  /** The first of the candidates that is free, else the last of them with a number. */
  claim(...wanted: readonly [string, ...string[]]): string {
    const preferred = this.#prefer?.(wanted[0]);
    const free = this.#free(preferred === undefined ? wanted : [preferred, ...wanted]);
    this.take(free);
    this.#onClaim?.(wanted[0], preferred ?? wanted[0], free);
    return free;
  }

  #free(candidates: readonly [string, ...string[]]): string {
    for (const name of candidates) if (!this.has(name)) return name;
    return this.#numbered(candidates.at(-1) ?? candidates[0]);
  }

  #numbered(name: string): string {
    for (let number = (this.#last.get(name) ?? 1) + 1; ; number += 1) {
      if (this.has(`${name}${number}`)) continue;
      this.#last.set(name, number);
      return `${name}${number}`;
    }
  }
}

/**
 * What cannot be the name of an exported function: ECMAScript's reserved words in modules; `then`,
 * which would make a promise of its module; and what printed text reaches globals by.
 */
export const reservedWords: readonly string[] = wordsOf(`
  arguments await break case catch class const continue debugger default delete do else enum
  eval export extends false finally for function if implements import in instanceof
  interface let new null package private protected public return static super switch this
  throw true try typeof var void while with yield then undefined globalThis
`);

/** What a declared type cannot be called besides: TypeScript's own types. */
export const predefinedTypes: readonly string[] = wordsOf(`
  any bigint boolean never number object string symbol unknown
`);

/** What a group cannot be called: the package's own files, members of a batch, device names of Windows. */
export const moduleNames: readonly string[] = [
  ...wordsOf(`
  index client types runtime batch node fleet testing msw valibot zod con prn aux nul
  plan preview run draft resume undo keep retry readJournal request atomic ref parseCallback dialect effects
`),
  ...Array.from({ length: 10 }, (_, digit) => [`com${digit}`, `lpt${digit}`]).flat(),
];

function wordsOf(list: string): readonly string[] {
  return list.trim().split(/\s+/);
}
