// @ts-nocheck
import { CsvRecord } from './csv-record.js';

/** A record whose quotes are not those of RFC 4180. */
export interface QuoteFault {
  /** The cell that it is in, from 0. */
  readonly cell: number;
  /** What the cell begins with, quotes included. */
  readonly value: string;
  /** Whether it cannot be told where the next record begins. */
  readonly isLast: boolean;
}

/** Begins what stands in the place of a faulty record; no text of a file has it. */
const MARK = '\0';

/**
 * Puts a mark in the place of each record that has a quote where RFC 4180 allows none, so that one such record
 * does not hide the others. Where it cannot be told where the next record begins, nothing more is read.
 */
export class CsvQuotes {
  readonly #delimiter: string;
  readonly #mostHeld: number;
  readonly #faults: QuoteFault[] = [];
  /** The text from the start of a record on. */
  #held = '';
  /** How far it was looked through. */
  #at = 0;
  #record: CsvRecord;
  #hasEnded = false;

  constructor(delimiter: string, mostHeld: number) {
    this.#delimiter = delimiter;
    this.#mostHeld = mostHeld;
    this.#record = new CsvRecord(delimiter);
  }

  /** Whether nothing more is read. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** What is wrong with a record that consists of a mark; undefined for every other. */
  faultIn([cell = '']: readonly string[]): QuoteFault | undefined {
    return cell.startsWith(MARK) ? this.#faults[Number(cell.slice(MARK.length))] : undefined;
  }

  /** The records that are whole, with marks in place of those that are faulty. */
  take(text: string): string {
    if (this.#hasEnded) return '';
    this.#held += text;
    const whole = this.#records(false);
    const isTooLong = this.#held.length > this.#mostHeld;
    return isTooLong && !this.#hasEnded ? whole + this.#marked(this.#held, true) : whole;
  }

  /** What is left when the text has ended. */
  end(): string {
    if (this.#hasEnded) return '';
    const whole = this.#records(true);
    if (this.#hasEnded) return whole;
    const { isFaulty, isQuoted } = this.#record;
    return whole + (isFaulty || isQuoted ? this.#marked(this.#held, isQuoted) : this.#rest());
  }

  #rest(): string {
    this.#hasEnded = true;
    return this.#held;
  }

  #records(isEnd: boolean): string {
    const text = this.#held;
    // Most files have no quotes at all.
    if (this.#at === 0 && !text.includes('"')) {
      const last = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r', text.length - 2));
      const end = isEnd ? text.length : last + 1;
      this.#held = text.slice(end);
      return text.slice(0, end);
    }
    const parts: string[] = [];
    let start = 0;
    let clean = 0;
    let at = this.#at;
    for (; at < text.length; at += 1) {
      const letter = text[at] ?? '';
      const next = text[at + 1];
      // What comes after decides.
      if ((letter === '"' || letter === '\r') && next === undefined && !isEnd) break;
      if (letter !== '\n' && letter !== '\r') {
        at += this.#record.take(letter, next, at - start) - 1;
        continue;
      }
      if (letter === '\r' && next === '\n') at += 1;
      const { isFaulty, isQuoted, mayBeQuoted } = this.#record;
      if (isQuoted && (!isFaulty || mayBeQuoted)) continue;
      const isUnclear = isFaulty && isQuoted !== mayBeQuoted;
      if (isFaulty) {
        parts.push(text.slice(clean, start), this.#marked(text.slice(start, at + 1), isUnclear));
        if (isUnclear) return parts.join('');
        clean = at + 1;
      }
      start = at + 1;
      this.#record = new CsvRecord(this.#delimiter);
    }
    parts.push(text.slice(clean, start));
    this.#held = text.slice(start);
    this.#at = at - start;
    return parts.join('');
  }

  /** A mark in place of a record, with as many lines. */
  #marked(text: string, isLast: boolean): string {
    const { cell, start } = this.#record.place;
    this.#faults.push({ cell, value: text.slice(start, start + 100).trimEnd(), isLast });
    const mark = `${MARK}${this.#faults.length - 1}`;
    this.#hasEnded = isLast;
    const lines = text.match(/\r\n|\r|\n/g)?.length ?? 0;
    if (isLast || lines === 0) return mark;
    return lines > 1 ? `"${mark}${'\n'.repeat(lines - 1)}"\n` : `${mark}\n`;
  }
}
