import { maxDepth } from '../limits.ts';

/** Where a value is written, and where its parts are. */
export interface Place {
  /** Of a member's key, or of a list's item; in UTF-16 units from the start of the text. */
  readonly offset: number;
  /** By key or index. */
  readonly parts: ReadonlyMap<string, Place>;
  /** A shorter way to what the first keys lead to, where there is one. */
  readonly near?: ((keys: readonly string[]) => Near | undefined) | undefined;
}

/** A place on the way, and the keys that lead on from there. */
export interface Near {
  readonly place: Place;
  readonly rest: readonly string[];
}

/** A member whose key the object has already; the later one counts. */
export interface Duplicate {
  readonly path: readonly string[];
  readonly offset: number;
}

export interface Places {
  readonly root: Place;
  readonly duplicates: readonly Duplicate[];
}

/** What RFC 8259 does not allow, and where. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/**
 * How many members the objects of a JSON text have together, equal keys counted each time. Many
 * times faster than reading it: a string followed by a colon is a key, and nothing else is.
 */
export function countKeys(json: string): number {
  let count = 0;
  let start = json.indexOf('"');
  while (start !== -1) {
    const end = endOfString(json, start);
    if (end === -1) return count;
    let next = end;
    let code = json.charCodeAt(next);
    while (isSpace(code)) code = json.charCodeAt(++next);
    if (code === colon) count += 1;
    start = json.indexOf('"', next);
  }
  return count;
}

/**
 * No fewer members than that, found in half the time: a quote before a colon ends a key, or begins a
 * text that has a colon first. Infinity where space stands between the two.
 */
export function mostKeys(json: string): number {
  if (/"\s+:/.test(json)) return Infinity;
  let count = 0;
  for (let at = json.indexOf('":'); at !== -1; at = json.indexOf('":', at + 2))
    if (json.charCodeAt(at - 1) !== backslash || !isEscaped(json, at)) count += 1;
  return count;
}

/**
 * Reads a JSON text (RFC 8259) for its places only.
 * @throws {JsonSyntaxError} where the text is not JSON.
 */
export function placesOfJson(json: string): Places {
  const duplicates: Duplicate[] = [];
  const path: string[] = [];
  let at = 0;

  const space = (): void => {
    while (isSpace(json.charCodeAt(at))) at += 1;
  };
  const fail = (expected: string): never => {
    const found =
      at < json.length
        ? JSON.stringify(String.fromCodePoint(json.codePointAt(at) ?? 0))
        : 'the end';
    throw new JsonSyntaxError(`expected ${expected}, but found ${found}`, at);
  };
  const string = (): string => {
    const end = endOfString(json, at);
    if (end === -1) throw new JsonSyntaxError('the string that begins here has no end', at);
    const text = json.slice(at, end);
    try {
      // Only a string's text was cut out, so that a string comes back.
      const value = JSON.parse(text) as string;
      at = end;
      return value;
    } catch {
      throw new JsonSyntaxError(
        'the string that begins here has an invalid escape or character',
        at,
      );
    }
  };
  const value = (offset: number, depth: number): Place => {
    space();
    const parts = new Map<string, Place>();
    switch (json[at]) {
      case '{':
        members(parts, depth);
        break;
      case '[':
        items(parts, depth);
        break;
      case '"':
        string();
        break;
      default:
        scalar();
    }
    space();
    return { offset: offset === -1 ? at : offset, parts };
  };
  const members = (parts: Map<string, Place>, depth: number): void => {
    list('}', depth, () => {
      const offset = at;
      if (json[at] !== '"') fail('a key in double quotes');
      const key = string();
      space();
      if (json[at] !== ':') fail('":"');
      at += 1;
      path.push(key);
      if (parts.has(key)) duplicates.push({ path: [...path], offset });
      parts.set(key, value(offset, depth + 1));
      path.pop();
    });
  };
  const items = (parts: Map<string, Place>, depth: number): void => {
    list(']', depth, () => {
      const key = String(parts.size);
      path.push(key);
      parts.set(key, value(at, depth + 1));
      path.pop();
    });
  };
  const list = (close: string, depth: number, item: () => void): void => {
    if (depth > maxDepth) {
      at = endOfNesting(json, at);
      return;
    }
    at += 1;
    space();
    if (json[at] === close) {
      at += 1;
      return;
    }
    for (;;) {
      item();
      if (json[at] === close) break;
      if (json[at] !== ',') fail(`"," or "${close}"`);
      at += 1;
      space();
    }
    at += 1;
  };
  const scalar = (): void => {
    scalarPattern.lastIndex = at;
    const match = scalarPattern.exec(json);
    if (match === null) fail('a value');
    at = scalarPattern.lastIndex;
  };

  space();
  const root = value(at, 0);
  if (at < json.length) fail('the end');
  return { root, duplicates };
}

const colon = 58;
const backslash = 92;
export const scalarPattern: RegExp = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

export function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

/** The offset after the string that begins at `start`; -1 where it has no end. */
export function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (end !== -1) {
    if (json.charCodeAt(end - 1) !== backslash || !isEscaped(json, end)) return end + 1;
    end = json.indexOf('"', end + 1);
  }
  return -1;
}

/** Callers look at the character before by themselves, which spares most of the calls. */
function isEscaped(json: string, at: number): boolean {
  let before = at - 1;
  while (json.charCodeAt(before) === backslash) before -= 1;
  return (at - before) % 2 === 0;
}

/** The offset after the list or object that begins at `start`, whose inside is not looked at. */
export function endOfNesting(json: string, start: number): number {
  let depth = 0;
  sign.lastIndex = start;
  for (let match = sign.exec(json); match; match = sign.exec(json)) {
    const at = match.index;
    switch (match[0]) {
      case '{':
      case '[':
        depth += 1;
        break;
      case '}':
      case ']':
        depth -= 1;
        if (depth === 0) return at + 1;
        break;
      case '"': {
        const end = endOfString(json, at);
        if (end === -1) return json.length;
        sign.lastIndex = end;
        break;
      }
    }
  }
  return json.length;
}

const sign = /["[\]{}]/g;
