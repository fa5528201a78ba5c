import type { JsonObject } from '../json/narrow.ts';
import type { OutputFile } from '../template.ts';

/** A file to write. */
export interface EmittedFile extends OutputFile {
  /** Whether it holds what others wrote there, and so is replaced without a question. */
  readonly merged?: true;
  /** A text that counts as emitted, though the record of the output says otherwise. */
  readonly formerly?: string;
}

export interface WriteOptions {
  /** Writes nothing; a difference is an error. */
  readonly check?: boolean | undefined;
  /** Overwrites what the generator did not write, and what was edited since it did. */
  readonly force?: boolean | undefined;
}

/** What the record of an output is to hold besides its files. */
export interface RecordedFacts {
  /** Where credentials would go besides the API's own host, sorted. */
  readonly hosts?: readonly string[] | undefined;
  /** What the API is, so that the next one can be compared with it. */
  readonly api?: RecordedApi | undefined;
  /** Absent where the version of the package is the document's. */
  readonly release?: RecordedRelease | undefined;
}

/** An API as the record of its package has it. */
export interface RecordedApi {
  /** Of the document. */
  readonly digest: string;
  /** With which the document was read. */
  readonly options: JsonObject;
  /** The document as a short text, which is made once. */
  pack(): Promise<string>;
}

/** The release of a package that an output holds. */
export interface RecordedRelease {
  /** Of the package. */
  readonly version: string;
  /** The document's version, as its vendor writes it. */
  readonly document: string;
  /** The operations that came with it, by their functions. */
  readonly added: readonly string[];
}

/** What the record of an output holds besides its files. */
export interface FormerFacts {
  readonly hosts: readonly string[];
  readonly api?: (Omit<RecordedApi, 'pack'> & { readonly document: string }) | undefined;
  readonly release?: RecordedRelease | undefined;
}

/** What became of each file; with `check`, or where an error prevented it, what would have. */
export interface WriteSummary {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
  /** No longer emitted. */
  readonly removed: readonly string[];
  /** No longer emitted, but edited by hand, and therefore left alone. */
  readonly kept: readonly string[];
}
