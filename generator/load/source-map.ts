import { joinKeys, keysOf } from '../json/pointer.ts';
import type { Position, Positions } from './parse/positions.ts';

/** A file that (a part of) a document was written in. */
export interface TextFile {
  /** For messages: a path or a URL. */
  readonly name: string;
  readonly url?: URL | undefined;
  readonly value: unknown;
  readonly positions: Positions;
}

/** A place as its author knows it. */
export interface Origin extends Position {
  readonly file: string;
  /** Into that file. */
  readonly pointer: string;
}

interface Addition {
  readonly file: TextFile;
  readonly keys: readonly string[];
}

/** Tells from which file, and from where in it, each part of a bundled document came. */
export class SourceMap {
  readonly #root: TextFile;
  readonly #added = new Map<string, Addition>();
  readonly #moves = new Map<string, readonly string[]>();

  constructor(root: TextFile) {
    this.#root = root;
  }

  /** Says that what stands at `at` in the document was written at `pointer` in `file`. */
  add(at: string, file: TextFile, pointer: string): void {
    this.#added.set(at, { file, keys: keysOf(pointer) });
  }

  /** Says that what stands at `to` is a copy of what stands at `from`. */
  copy(from: string, to: string): void {
    this.#added.set(to, this.#trace(keysOf(from)));
  }

  /** Says that what stands at `to` from now on stood at `from` until now. */
  move(from: string, to: string): void {
    this.#moves.set(to, keysOf(from));
  }

  /** Where something of the document is written; the nearest thing around it where it is not. */
  locate(pointer: string): Origin {
    const { file, keys: written } = this.#trace(this.#before(keysOf(pointer)));
    return { file: file.name, pointer: joinKeys(written), ...file.positions.locate(written) };
  }

  #before(keys: readonly string[]): readonly string[] {
    if (this.#moves.size === 0) return keys;
    for (let length = keys.length; length > 0; length--) {
      const from = this.#moves.get(joinKeys(keys.slice(0, length)));
      if (from !== undefined) return [...from, ...keys.slice(length)];
    }
    return keys;
  }

  #trace(keys: readonly string[]): Addition {
    if (this.#added.size === 0) return { file: this.#root, keys };
    for (let length = keys.length; length > 0; length--) {
      const addition = this.#added.get(joinKeys(keys.slice(0, length)));
      if (addition !== undefined)
        return { file: addition.file, keys: [...addition.keys, ...keys.slice(length)] };
    }
    return { file: this.#root, keys };
  }
}
