/** How much a diagnostic weighs: an `error` stops the generation, the others do not. */
export type Severity = 'error' | 'warning' | 'info';

/** One thing the generator has to say about a document or a configuration. */
export interface Diagnostic {
  /** Stable identifier, listed in `docs/diagnostics.md`, for example `batch/unresolved`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** RFC 6901 pointer into the document as the user wrote it, for example `/paths/~1networks/get`. */
  readonly pointer?: string | undefined;
  /** What to do about it, one sentence. */
  readonly hint?: string | undefined;
  readonly file?: string | undefined;
  /** 1-based. */
  readonly line?: number | undefined;
  /** 1-based. */
  readonly column?: number | undefined;
}

/** A document in which a JSON pointer leads to a place of a file. */
export interface LocatedDocument {
  /** The document's name, for messages. */
  readonly source: string;
  locate(pointer: string): Partial<Diagnostic> | undefined;
}

/** Collects diagnostics, so that a user sees all of them and not only the first. */
export class Diagnostics {
  readonly #list: Diagnostic[] = [];
  #document: LocatedDocument | undefined;

  /** In the order in which they came, each with its place as far as that is known. */
  get list(): readonly Diagnostic[] {
    const document = this.#document;
    return document ? this.#list.map((each) => located(each, document)) : this.#list;
  }

  /** Says which document the pointers of diagnostics without a file lead into. */
  locateBy(document: LocatedDocument): void {
    this.#document = document;
  }

  get count(): number {
    return this.#list.length;
  }

  get failed(): boolean {
    return this.#list.some(({ severity }) => severity === 'error');
  }

  error(
    code: string,
    message: string,
    at: Omit<Diagnostic, 'code' | 'severity' | 'message'> = {},
  ): void {
    this.#list.push({ code, severity: 'error', message, ...at });
  }

  warning(
    code: string,
    message: string,
    at: Omit<Diagnostic, 'code' | 'severity' | 'message'> = {},
  ): void {
    this.#list.push({ code, severity: 'warning', message, ...at });
  }

  info(
    code: string,
    message: string,
    at: Omit<Diagnostic, 'code' | 'severity' | 'message'> = {},
  ): void {
    this.#list.push({ code, severity: 'info', message, ...at });
  }
}

function located(diagnostic: Diagnostic, document: LocatedDocument): Diagnostic {
  const { file, pointer: at } = diagnostic;
  if (file !== undefined || at === undefined) return diagnostic;
  let found: Diagnostic | undefined;
  const place = (): Diagnostic =>
    (found ??= { ...diagnostic, file: document.source, ...document.locate(at) });
  // Looked up where it is read: a place may cost a second pass over the document, and most
  // diagnostics that are only worth knowing are never shown.
  return Object.defineProperties(
    { ...diagnostic },
    {
      file: { enumerable: true, get: () => place().file },
      pointer: { enumerable: true, get: () => place().pointer },
      line: { enumerable: true, get: () => place().line },
      column: { enumerable: true, get: () => place().column },
    },
  );
}
