import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { SourceMap } from './source-map.ts';

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

interface Entry extends Spot {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
}

/**
 * Collects the faults of one document, with file and line, and as warnings where the user is
 * lenient. They are reported when it is closed, each once, in the order in which they are written.
 */
export class Problems {
  readonly lenient: boolean;
  readonly #diagnostics: Diagnostics;
  readonly #entries: Entry[] = [];
  readonly #known = new Set<string>();
  readonly #counts = { error: 0, warning: 0 };
  #sources: SourceMap | undefined;

  constructor(diagnostics: Diagnostics, lenient: boolean) {
    this.#diagnostics = diagnostics;
    this.lenient = lenient;
  }

  /** From now on, pointers are reported as places in files. */
  trace(sources: SourceMap): void {
    this.#sources = sources;
  }

  /** Whether there was an error in this document. */
  get failed(): boolean {
    return this.#counts.error > 0;
  }

  /** Whether what is reported from now on may not be shown, so that its hint needs no effort. */
  get isFull(): boolean {
    return this.#counts.error > maxDiagnostics || this.#counts.warning > maxDiagnostics;
  }

  error(code: string, message: string, spot: Spot = {}): void {
    this.#add('error', code, message, spot);
  }

  /** An error, unless the user is lenient. */
  fault(code: string, message: string, spot: Spot = {}): void {
    this.#add(this.lenient ? 'warning' : 'error', code, message, spot);
  }

  warning(code: string, message: string, spot: Spot = {}): void {
    this.#add('warning', code, message, spot);
  }

  close(): void {
    const files = [...new Set(this.#entries.map(({ file }) => file))];
    const sorted = this.#entries.toSorted(
      (a, b) =>
        files.indexOf(a.file) - files.indexOf(b.file) ||
        (a.line ?? 0) - (b.line ?? 0) ||
        (a.column ?? 0) - (b.column ?? 0),
    );
    for (const { severity, code, message, ...spot } of sorted) {
      this.#diagnostics[severity](code, message, spot);
    }
    const { error, warning } = this.#counts;
    const more = Math.max(0, error - maxDiagnostics) + Math.max(0, warning - maxDiagnostics);
    if (more === 0) return;
    this.#diagnostics.info('load/more', `${more} more problems of this document are not shown.`, {
      hint: 'Fix those above first; many faults of a document have one cause.',
    });
  }

  #add(severity: 'error' | 'warning', code: string, message: string, spot: Spot): void {
    const { pointer, file } = spot;
    const identity = [code, file, pointer, message].join(' ');
    if (this.#known.has(identity)) return;
    this.#known.add(identity);
    this.#counts[severity] += 1;
    if (this.#counts[severity] > maxDiagnostics) return;
    const isPlaced = pointer === undefined || file !== undefined;
    // Now, as what stands at a pointer may move later.
    const place = isPlaced ? undefined : this.#sources?.locate(pointer);
    this.#entries.push({ severity, code, message, ...spot, ...place });
  }
}
