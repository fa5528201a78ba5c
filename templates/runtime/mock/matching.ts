import { between, type Random } from './random.js';

/** How often something is repeated at most of which a pattern does not say it. */
const MORE = 3;
/** No text is longer, whatever a pattern asks for. */
const LONGEST = 2_000;

/** A piece of a pattern: what it may be, and how often. */
interface Piece {
  /** Alternatives, each a sequence; or the letters of a class. */
  readonly of: readonly (readonly Piece[])[] | string;
  readonly least: number;
  readonly most: number;
}

/**
 * A text that matches a regular expression of those kinds that documents have: letters, classes,
 * groups, alternatives, repetition; anchors and assertions are passed over. Undefined where it has
 * others. Whoever asks looks whether it fits.
 */
export function matching(
  pattern: string,
  random: Random,
  minLength = 0,
  maxLength: number = LONGEST,
): string | undefined {
  const pieces = new Reader(pattern).read();
  if (!pieces) return undefined;
  const isAnchored = /^\^.*\$$/s.test(pattern);
  for (let more = 0; more <= 6; more += 1) {
    const made = write(pieces, random, more === 0 ? 0 : 2 ** more);
    const whole = isAnchored ? made : made.padEnd(minLength, 'x');
    const { length } = [...whole];
    if (length >= minLength && length <= maxLength) return whole;
  }
  // The least that it may be.
  return write(pieces, () => 0, 0);
}

function write(
  alternatives: readonly (readonly Piece[])[],
  random: Random,
  more: number,
  room = { left: LONGEST },
): string {
  const chosen = alternatives[between(random, 0, alternatives.length - 1)] ?? [];
  let text = '';
  for (const { of, least, most } of chosen) {
    const count =
      most === Infinity || most > least + MORE
        ? least + Math.min(most - least, more || between(random, 0, MORE))
        : between(random, least, most);
    for (let time = 0; time < count && room.left > 0; time += 1) {
      const letters = typeof of === 'string' ? [...of] : undefined;
      const one = letters
        ? (letters[between(random, 0, letters.length - 1)] ?? '')
        : write(of as readonly (readonly Piece[])[], random, more, room);
      if (letters) room.left -= 1;
      text += one;
    }
  }
  return text;
}

const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const wordLetters = `${lower}${lower.toUpperCase()}${digits}_`;
const printable = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join('');
const control: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v' };

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): readonly (readonly Piece[])[] | undefined {
    try {
      const all = this.#alternatives(0);
      return this.#at < this.#text.length ? undefined : all;
    } catch {
      return undefined;
    }
  }

  #take(): string {
    const letter = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    this.#at += letter.length;
    return letter;
  }

  #alternatives(depth: number): readonly (readonly Piece[])[] {
    if (depth > 50) throw new RangeError('nested too deep');
    const all: Piece[][] = [[]];
    while (this.#at < this.#text.length && this.#text[this.#at] !== ')') {
      const letter = this.#take();
      if (letter === '|') all.push([]);
      else if (letter !== '^' && letter !== '$') all.at(-1)?.push(...this.#piece(letter, depth));
    }
    return all;
  }

  #piece(letter: string, depth: number): readonly Piece[] {
    const of = letter === '(' ? this.#group(depth) : this.#letters(letter);
    const [least, most] = this.#count();
    return of === undefined ? [] : [{ of, least, most }];
  }

  /** Undefined for an assertion. */
  #group(depth: number): readonly (readonly Piece[])[] | undefined {
    const [head = ''] =
      /^\?(?::|<?[=!]|<[^>]*>)/.exec(this.#text.slice(this.#at, this.#at + 80)) ?? [];
    this.#at += head.length;
    const all = this.#alternatives(depth + 1);
    this.#at += 1;
    return /^\?<?[=!]$/.test(head) ? undefined : all;
  }

  #letters(letter: string): string | undefined {
    if (letter === '.') return wordLetters;
    if (letter === '[') return this.#class();
    if (letter !== '\\') return letter;
    return this.#escaped();
  }

  #escaped(): string | undefined {
    const name = this.#take();
    if (name === 'b' || name === 'B') return undefined;
    return this.#classOf(name);
  }

  #classOf(name: string): string {
    switch (name) {
      case 'd':
        return digits;
      case 'D':
        return lower;
      case 'w':
        return wordLetters;
      case 'W':
        return '-.';
      case 's':
        return ' ';
      case 'S':
        return wordLetters;
      case 'x':
      case 'u': {
        const [, code = ''] =
          /^(?:\{([\da-f]+)\}|)/i.exec(this.#text.slice(this.#at, this.#at + 12)) ?? [];
        const length = code ? code.length + 2 : name === 'x' ? 2 : 4;
        const hex = code || this.#text.slice(this.#at, this.#at + length);
        this.#at += length;
        return String.fromCodePoint(Number.parseInt(hex, 16));
      }
      case 'p': {
        const [whole = '', property = ''] =
          /^\{(\w[^}]*)\}/.exec(this.#text.slice(this.#at, this.#at + 60)) ?? [];
        this.#at += whole.length;
        const expression = new RegExp(`\\p{${property}}`, 'u');
        return [...`${printable}äÄ`].filter((one) => expression.test(one)).join('');
      }
      default:
        if (/[1-9kPc]/.test(name)) throw new SyntaxError('another kind');
        return control[name] ?? name;
    }
  }

  #class(): string {
    const isNot = this.#text[this.#at] === '^';
    if (isNot) this.#at += 1;
    const letters = new Set<string>();
    let before: string | undefined;
    for (let letter = this.#take(); letter !== ']'; letter = this.#take()) {
      if (this.#at > this.#text.length) throw new SyntaxError('no end');
      const isRange =
        letter === '-' && before !== undefined && this.#text[this.#at] !== ']' && before.length > 0;
      if (isRange && before !== undefined) {
        const next = this.#take();
        const last = next === '\\' ? this.#classOf(this.#take()) : next;
        const end = Math.min(last.codePointAt(0) ?? 0, (before.codePointAt(0) ?? 0) + 200);
        for (let code = before.codePointAt(0) ?? 0; code <= end; code += 1)
          letters.add(String.fromCodePoint(code));
        before = undefined;
        continue;
      }
      const own = letter === '\\' ? this.#classOf(this.#take()) : letter;
      for (const one of own) letters.add(one);
      before = [...own].length === 1 ? own : undefined;
    }
    if (!isNot) return [...letters].join('');
    return [...wordLetters, ...printable].filter((one) => !letters.has(one)).join('');
  }

  #count(): readonly [least: number, most: number] {
    const [whole = '', sign = '', least = '', comma, most = ''] =
      /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.#text.slice(this.#at, this.#at + 30)) ?? [];
    this.#at += whole.length;
    if (sign === '*') return [0, Infinity];
    if (sign === '+') return [1, Infinity];
    if (sign === '?') return [0, 1];
    if (least === '') return [1, 1];
    return [Number(least), comma ? (most === '' ? Infinity : Number(most)) : Number(least)];
  }
}
