import type { Diagnostics } from '../diagnostics.ts';
import type { Origins } from './origins.ts';

/** Where in a document a fault is, and what to do about it. */
export interface Spot {
  /** Into `file`; without a file, into the document as it is held here. */
  readonly pointer?: string | undefined;
  readonly hint?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** Of each severity: more than a person reads in one go. */
const maxDiagnostics = 200;

/** Reports the faults of one document: with file and line, and as warnings where the user is lenient. */
export class Report {
  readonly lenient: boolean;
  readonly #diagnostics: Diagnostics;
  readonly #told = new Set<string>();
  readonly #texts = new Set<string>();
  #origins: Origins | undefined;
  #errors = 0;
  #warnings = 0;

  constructor(diagnostics: Diagnostics, lenient: boolean) {
    this.#diagnostics = diagnostics;
    this.lenient = lenient;
  }

  /** From now on, pointers are told as places of files. */
  trace(origins: Origins): void {
    this.#origins = origins;
  }

  /** Whether something was said about exactly this place. */
  hasTold(pointer: string): boolean {
    return this.#told.has(pointer);
  }

  /** Whether what is reported from now on would not be shown. */
  get isFull(): boolean {
    return this.#warnings > maxDiagnostics || this.#errors > maxDiagnostics;
  }

  /** Whether there was an error in this document. */
  get failed(): boolean {
    return this.#errors > 0;
  }

  error(code: string, message: string, spot: Spot = {}): void {
    this.#add('error', code, message, spot);
  }

  /** An error, unless the user is lenient. */
  fault(code: string, message: string, spot: Spot = {}): void {
    if (this.lenient) this.warning(code, message, spot);
    else this.error(code, message, spot);
  }

  warning(code: string, message: string, spot: Spot = {}): void {
    this.#add('warning', code, message, spot);
  }

  /** Things with pointers, in the order in which they are written. */
  inOrder<T extends { readonly pointer: string }>(things: readonly T[]): readonly T[] {
    const origins = this.#origins;
    if (origins === undefined) return things;
    return things
      .map((thing) => ({ thing, at: origins.locate(thing.pointer) }))
      .toSorted(({ at: a }, { at: b }) =>
        a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1,
      )
      .map(({ thing }) => thing);
  }

  /** Says how many diagnostics were left out, if any. */
  close(): void {
    const more = [this.#errors, this.#warnings]
      .map((count) => Math.max(0, count - maxDiagnostics))
      .reduce((sum, count) => sum + count);
    if (more === 0) return;
    this.#diagnostics.info('load/more', `${more} more problems of this document are not shown.`, {
      hint: 'Mend those above first; many faults of a document have one cause.',
    });
  }

  #add(severity: 'error' | 'warning', code: string, message: string, spot: Spot): void {
    const { pointer, file } = spot;
    const text = `${code} ${file ?? ''} ${pointer ?? ''} ${message}`;
    if (this.#texts.has(text)) return;
    this.#texts.add(text);
    if (severity === 'error') this.#errors += 1;
    else this.#warnings += 1;
    if (spot.pointer !== undefined && spot.file === undefined) this.#told.add(spot.pointer);
    if ((severity === 'error' ? this.#errors : this.#warnings) > maxDiagnostics) return;
    const known = pointer === undefined || file !== undefined;
    const place = known ? undefined : this.#origins?.locate(pointer);
    this.#diagnostics[severity](code, message, { ...spot, ...place });
  }
}
