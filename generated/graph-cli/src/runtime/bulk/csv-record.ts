// @ts-nocheck
/** A cell of a record: its number, and where in the record it begins. */
interface Place {
  readonly cell: number;
  readonly start: number;
}

/**
 * A record of CSV, letter by letter. A quote where RFC 4180 allows none is read in both ways: as a letter, and
 * as one that begins or ends a quoted text.
 */
export class CsvRecord {
  readonly #delimiter: string;
  #state: 'start' | 'blank' | 'plain' | 'quoted' | 'closed' = 'start';
  #cell: Place = { cell: 0, start: 0 };
  #fault: Place | undefined;
  /** Whether letters follow a closing quote. */
  #isLoose = false;
  #mayBeQuoted = false;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  get isFaulty(): boolean {
    return this.#fault !== undefined;
  }

  /** Whether the text is within quotes. */
  get isQuoted(): boolean {
    return this.#state === 'quoted';
  }

  /** The same, with faulty quotes as such that begin or end a quoted text. */
  get mayBeQuoted(): boolean {
    return this.#mayBeQuoted;
  }

  /** The faulty cell, or else the present one. */
  get place(): Place {
    return this.#fault ?? this.#cell;
  }

  /** Takes the letter at a place of the record, no line end outside of quotes; gives how many it has taken. */
  take(letter: string, next: string | undefined, at: number): number {
    if (letter === '"') return this.#quote(next);
    if (this.#state === 'quoted') return 1;
    if (letter === this.#delimiter) {
      this.#state = 'start';
      this.#cell = { cell: this.#cell.cell + 1, start: at + 1 };
      this.#isLoose = false;
      return 1;
    }
    if (this.#state === 'closed') {
      this.#fault ??= this.#cell;
      this.#isLoose = true;
    }
    const isBlank = (this.#state === 'start' || this.#state === 'blank') && letter.trim() === '';
    this.#state = isBlank ? 'blank' : 'plain';
    return 1;
  }

  #quote(next: string | undefined): number {
    switch (this.#state) {
      case 'quoted':
        if (next === '"') return 2;
        this.#state = 'closed';
        this.#toggle();
        return 1;
      case 'start':
        this.#state = 'quoted';
        this.#toggle();
        return 1;
      case 'blank':
      case 'plain':
      case 'closed':
        this.#fault ??= this.#cell;
        // After letters it is one of them, as in 5" pipe.
        if (this.#state === 'blank' || this.#isLoose || this.#mayBeQuoted) this.#toggle();
        this.#state = 'plain';
        return 1;
    }
  }

  #toggle(): void {
    this.#mayBeQuoted = !this.#mayBeQuoted;
  }
}
