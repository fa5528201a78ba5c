/** What became of a document. */
export type Outcome =
  /** Emitted, and TypeScript has nothing to say. */
  | 'clean'
  /** The same, but only with `--lenient`. */
  | 'lenient'
  /** Not emitted, `--lenient` or not; a diagnostic says why. */
  | 'refused'
  /** Emitted, and TypeScript objects. */
  | 'wrong'
  /** The generator threw, ran out of memory, or refused without a reason. */
  | 'crash'
  /** Not done within the limit. */
  | 'hang';

/** One line of the results. */
export interface Result {
  /** Below the folder of the documents. */
  readonly path: string;
  readonly outcome: Outcome;
  readonly milliseconds: number;
  /** Operations that the document declares, and those that were emitted. */
  readonly declared?: number;
  readonly operations?: number;
  readonly types?: number;
  readonly paged?: number;
  /** How often each code was reported. */
  readonly codes?: Readonly<Record<string, number>>;
  /** The first errors: of the document, of TypeScript, or what was thrown. */
  readonly errors?: readonly string[];
  /** What is wrong with the document where it was emitted leniently. */
  readonly faults?: readonly string[];
  /** Whether swagger-parser takes the document to be valid, where it was asked. */
  readonly accepted?: boolean;
}

export const outcomes = ['clean', 'lenient', 'refused', 'wrong', 'crash', 'hang'] as const;

/** What is the generator's fault, and not the document's. */
export const faulty: ReadonlySet<Outcome> = new Set(['wrong', 'crash', 'hang']);

export function isEmitted({ outcome }: Result): boolean {
  return outcome === 'clean' || outcome === 'lenient';
}
