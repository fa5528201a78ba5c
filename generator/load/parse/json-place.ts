import { maxDepth } from '../limits.ts';
import {
  endOfNesting,
  endOfString,
  isSpace,
  type Near,
  type Place,
  scalarPattern,
} from './json-offsets.ts';

/**
 * The place of a JSON text that `JSON.parse` has read, whose parts are looked for when they are
 * asked for: to find a few places of a large document, most of it is only skipped.
 * @param names What the members of the root have for members: a name that stands in the text once is
 * found at once.
 */
export function placeOfJson(json: string, names: ReadonlyMap<string, ReadonlySet<string>>): Place {
  const start = afterSpace(json, 0);
  const root = new LatePlace(json, start, start, 0);
  const late = new Map<string, Place | undefined>();
  const once = (key: string, find: () => Place | undefined): Place | undefined => {
    if (!late.has(key)) late.set(key, find());
    return late.get(key);
  };
  let searches = 0;
  let found: ReadonlyMap<string, Place | undefined> | undefined;
  const placeOf = (key: string): Place | undefined => {
    searches += 1;
    if (searches <= fewSearches) return placeOfKey(json, key);
    found ??= placesOfKeys(json, new Set([...names.values()].flatMap((inner) => [...inner])));
    return found.get(key);
  };
  const near = (keys: readonly string[]): Near | undefined => {
    const [first, second] = keys;
    if (first === undefined || !names.has(first)) return undefined;
    const place =
      second !== undefined && names.get(first)?.has(second) === true
        ? once(`/${second}`, () => placeOf(second))
        : undefined;
    if (place) return { place, rest: keys.slice(2) };
    const member = once(first, () => placeOfMember(json, start, first));
    return member && { place: member, rest: keys.slice(1) };
  };
  return {
    offset: start,
    get parts() {
      return root.parts;
    },
    near,
  };
}

/** The member of an object, without looking at those after it. */
function placeOfMember(json: string, start: number, name: string): Place | undefined {
  let at = afterSpace(json, start + 1);
  while (json[at] === '"') {
    const offset = at;
    const end = endOfString(json, at);
    const key: unknown = JSON.parse(json.slice(at, end));
    at = afterSpace(json, afterSpace(json, end) + 1);
    if (key === name) return new LatePlace(json, offset, at, 1);
    at = afterSpace(json, endOfValue(json, at));
    if (json[at] === ',') at = afterSpace(json, at + 1);
  }
  return undefined;
}

/** Where a key of the second level is written, if no other object of the text has the same. */
function placeOfKey(json: string, key: string): Place | undefined {
  const written = JSON.stringify(key);
  let found: Place | undefined;
  for (let offset = json.indexOf(written); offset !== -1;) {
    const colon = afterSpace(json, offset + written.length);
    if (json[colon] === ':') {
      if (found) return undefined;
      found = new LatePlace(json, offset, afterSpace(json, colon + 1), 2);
    }
    offset = json.indexOf(written, offset + 1);
  }
  return found;
}

/** A text is searched for so many keys, one at a time, before all are looked for at once. */
const fewSearches = 4;

/** As `placeOfKey`, for many keys: undefined where another object of the text has the same. */
function placesOfKeys(
  json: string,
  keys: ReadonlySet<string>,
): ReadonlyMap<string, Place | undefined> {
  const written = new Map([...keys].map((key) => [JSON.stringify(key), key]));
  const places = new Map<string, Place | undefined>();
  const endOfKey = /"\s*:/g;
  while (endOfKey.test(json)) {
    const colon = endOfKey.lastIndex;
    const end = json.lastIndexOf('"', colon);
    const offset = json.lastIndexOf('"', end - 1);
    const key = written.get(json.slice(offset, end + 1));
    if (key === undefined) continue;
    const start = afterSpace(json, colon);
    places.set(key, places.has(key) ? undefined : new LatePlace(json, offset, start, 2));
  }
  return places;
}

/**
 * How many levels are skipped until they are asked for: a document, its paths, a path, an operation.
 * What lies deeper is read at once, or a deep text would be skipped once a level.
 */
const skippedLevels = 4;

class LatePlace implements Place {
  readonly offset: number;
  readonly #json: string;
  readonly #start: number;
  readonly #depth: number;
  #parts: ReadonlyMap<string, Place> | undefined;

  /** @param start Where the value begins; `offset` is where its key does. */
  constructor(json: string, offset: number, start: number, depth: number) {
    this.#json = json;
    this.offset = offset;
    this.#start = start;
    this.#depth = depth;
  }

  get parts(): ReadonlyMap<string, Place> {
    this.#parts ??= readParts(this.#json, this.#start, this.#depth).parts;
    return this.#parts;
  }
}

interface Parts {
  readonly parts: ReadonlyMap<string, Place>;
  /** The offset after the value. */
  readonly end: number;
}

function readParts(json: string, start: number, depth: number): Parts {
  const parts = new Map<string, Place>();
  const opening = json[start];
  if (opening !== '{' && opening !== '[') return { parts, end: endOfValue(json, start) };
  if (depth > maxDepth) return { parts, end: endOfNesting(json, start) };
  let at = afterSpace(json, start + 1);
  while (at < json.length && json[at] !== '}' && json[at] !== ']') {
    const offset = at;
    let key = String(parts.size);
    if (opening === '{') {
      const end = endOfString(json, at);
      // A string was cut out of a text that is JSON, so that a string comes back.
      key = JSON.parse(json.slice(at, end)) as string;
      at = afterSpace(json, afterSpace(json, end) + 1);
    }
    if (depth < skippedLevels) {
      parts.set(key, new LatePlace(json, offset, at, depth + 1));
      at = endOfValue(json, at);
    } else {
      const inner = readParts(json, at, depth + 1);
      parts.set(key, { offset, parts: inner.parts });
      at = inner.end;
    }
    at = afterSpace(json, at);
    if (json[at] === ',') at = afterSpace(json, at + 1);
  }
  return { parts, end: at + 1 };
}

function endOfValue(json: string, start: number): number {
  switch (json[start]) {
    case '{':
    case '[':
      return endOfNesting(json, start);
    case '"':
      return endOfString(json, start);
    default:
      scalarPattern.lastIndex = start;
      return scalarPattern.test(json) ? scalarPattern.lastIndex : json.length;
  }
}

function afterSpace(json: string, start: number): number {
  let at = start;
  while (isSpace(json.charCodeAt(at))) at += 1;
  return at;
}
