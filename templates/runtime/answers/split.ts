import type { Fail } from './errors.js';

/** Characters of an item. */
const MAX_ITEM = 16_000_000;

/** Cuts a text that comes in pieces at a separator. */
export interface Splitter {
  /** What a piece completes. */
  feed(piece: string): Generator<string>;
  /** Takes what stands behind the last separator. */
  rest(): string;
  /** Its length. */
  readonly pending: number;
  /** @throws ApiError where an item is too large. */
  check(size: number): void;
}

/**
 * Work and memory are linear in the text: pieces without a separator are kept as they came, and put
 * together once.
 * @param separator Global; a carriage return at the end of a piece may be the first half of one.
 */
export function splitter(separator: RegExp, fail: Fail): Splitter {
  let parts: string[] = [];
  let size = 0;
  // A line feed that follows belongs to the carriage return that ended the last piece.
  let afterReturn = false;
  const check = (length: number): void => {
    if (length > MAX_ITEM) throw fail('too-large', `an item over ${MAX_ITEM} characters`);
  };
  const rest = (): string => {
    const text = parts.join('');
    parts = [];
    size = 0;
    return text;
  };
  return {
    check,
    rest,
    get pending() {
      return size;
    },
    *feed(piece) {
      const text = afterReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
      if (piece) afterReturn = false;
      let start = 0;
      for (const { 0: found, index } of text.matchAll(separator)) {
        parts.push(text.slice(start, index));
        start = index + found.length;
        afterReturn = found === '\r' && start === text.length;
        yield rest();
      }
      if (start === text.length) return;
      parts.push(text.slice(start));
      size += text.length - start;
      check(size);
    },
  };
}
