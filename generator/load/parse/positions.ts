import type { Duplicate, Place, Places } from './json-offsets.ts';

export interface Position {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
}

/**
 * Where the values of a text are. The text is read for it when the first position is asked for:
 * most runs have nothing to point at.
 */
export class Positions {
  readonly #text: string;
  readonly #placesOf: (text: string) => Places;
  readonly #rootOf: ((text: string) => Place) | undefined;
  #places: Places | undefined;
  #root: Place | undefined;
  #lineStarts: readonly number[] | undefined;

  /** @param rootOf Finds places without all others, where there is a faster way than `placesOf`. */
  constructor(text: string, placesOf: (text: string) => Places, rootOf?: (text: string) => Place) {
    this.#text = text;
    this.#placesOf = placesOf;
    this.#rootOf = rootOf;
  }

  /** The members whose key stands twice in an object. */
  get duplicates(): readonly Duplicate[] {
    return this.#read().duplicates;
  }

  /** The position of the key that leads to a value, or of the nearest thing around it that is written. */
  locate(keys: readonly string[]): Position {
    this.#root ??= this.#rootOf?.(this.#text) ?? this.#read().root;
    const near = this.#root.near?.(keys);
    let place = near?.place ?? this.#root;
    for (const key of near?.rest ?? keys) {
      const part = place.parts.get(key);
      if (part === undefined) break;
      place = part;
    }
    return this.at(place.offset);
  }

  at(offset: number): Position {
    this.#lineStarts ??= lineStartsOf(this.#text);
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }

  #read(): Places {
    this.#places ??= this.#placesOf(this.#text);
    return this.#places;
  }
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
      starts.push(at + 1);
    return starts;
  }
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  return starts;
}
