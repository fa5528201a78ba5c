// @ts-nocheck
import { CommandError } from '../terminal/exit-code.js';
import { faultText } from './fault.js';
import { jsonRow, type Row } from './row.js';

const MOST_ELEMENT = 10_000_000;

/** What can change the place within a JSON text, outside of strings and within them. */
const outside = /["[\]{},\n]/g;
const inside = /["\\\n]/g;

/** The rows of a JSON list, as they are read: each element is parsed by itself. */
export async function* jsonRows(texts: AsyncIterable<string>): AsyncGenerator<Row> {
  const list = new JsonList();
  for await (const text of texts) yield* list.take(text);
  list.end();
}

/** A JSON list, of which elements are taken as soon as they are whole. */
class JsonList {
  /** The element that was begun, and how far it was looked through. */
  #held = '';
  #at = 0;
  #isString = false;
  /** The brackets that are open, the list's among them. */
  #open = '';
  #line = 1;
  #number = 0;
  #hasEnded = false;

  *take(text: string): Generator<Row> {
    this.#held += text;
    for (;;) {
      const pattern = this.#isString ? inside : outside;
      pattern.lastIndex = this.#at;
      const found = pattern.exec(this.#held);
      if (!found) break;
      const [letter] = found;
      // What is escaped may come with the next text.
      if (letter === '\\' && found.index + 1 === this.#held.length) {
        this.#at = found.index;
        return;
      }
      this.#at = found.index + (letter === '\\' ? 2 : 1);
      if (this.#isString) this.#within(letter);
      else yield* this.#between(letter);
    }
    this.#at = this.#held.length;
    if (this.#held.length > MOST_ELEMENT) this.#refuse();
    if (this.#open === '' && this.#held.trim() !== '') this.#refuse();
  }

  end(): void {
    if (!this.#hasEnded) this.#refuse();
  }

  #within(letter: string): void {
    if (letter === '"') this.#isString = false;
    // It was never closed, and who knows what follows.
    if (letter === '\n') this.#refuse();
  }

  *#between(letter: string): Generator<Row> {
    const isInList = this.#open === '[';
    switch (letter) {
      case '\n':
        this.#line += 1;
        return;
      case '"':
        this.#isString = true;
        return;
      case '[':
      case '{':
        if (this.#open === '' && (letter === '{' || this.#hasEnded || !this.#isBlank(1)))
          this.#refuse();
        if (this.#open === '') this.#drop();
        this.#open += letter;
        return;
      case '}':
      case ']':
        if (this.#open.at(-1) !== (letter === '}' ? '{' : '[')) this.#refuse();
        if (isInList && (this.#number > 0 || !this.#isBlank(1))) yield this.#row();
        this.#open = this.#open.slice(0, -1);
        if (!isInList) return;
        this.#hasEnded = true;
        this.#drop();
        return;
      case ',':
        if (this.#open === '') this.#refuse();
        if (isInList) yield this.#row();
    }
  }

  /** Whether nothing stands before the last letters. */
  #isBlank(letters: number): boolean {
    return this.#held.slice(0, this.#at - letters).trim() === '';
  }

  #row(): Row {
    const text = this.#held.slice(0, this.#at - 1);
    this.#drop();
    this.#number += 1;
    return jsonRow(text, this.#number, this.#line);
  }

  #drop(): void {
    this.#held = this.#held.slice(this.#at);
    this.#at = 0;
  }

  #refuse(): never {
    const isBegun = this.#open !== '';
    if (!isBegun && this.#number === 0) {
      throw new CommandError(`The JSON must be a list of objects: line ${this.#line}.`);
    }
    const text = faultText({
      row: this.#number + (isBegun ? 1 : 0),
      line: this.#line,
      column: '',
      value: this.#held.trim(),
      expected: isBegun ? 'a JSON object' : 'nothing after the list',
    });
    throw new CommandError(`${text}. Nothing after it was read.`);
  }
}
