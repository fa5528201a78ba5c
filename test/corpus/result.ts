/** What became of a document. */
export type Outcome =
  /** Emitted, and TypeScript has nothing to say. */
  | 'clean'
  /** Not emitted; a diagnostic says why. */
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
  /** Whether swagger-parser takes the document to be valid, where it was asked. */
  readonly accepted?: boolean;
}

/** The table of outcomes, and what did not go well, one document a line. */
export function summary(results: readonly Result[]): string {
  const count = (accepts: (result: Result) => boolean): number => results.filter(accepts).length;
  const outcomes = (['clean', 'refused', 'wrong', 'crash', 'hang'] as const).map(
    (outcome) => `${outcome.padEnd(8)} ${count((result) => result.outcome === outcome)}`,
  );
  const asked = results.filter(({ accepted }) => accepted);
  const share = asked.filter(({ outcome }) => outcome === 'clean').length / asked.length;
  const lost = results.filter(({ declared, operations }) => declared !== operations);
  const bad = results.filter(({ outcome }) => outcome !== 'clean');
  return [
    ...bad.map(({ path, outcome, errors }) => `${outcome} ${path}\n    ${errors?.[0] ?? ''}`),
    ...lost.map(
      ({ path, declared, operations }) => `lost ${path}: ${operations} of ${declared} operations`,
    ),
    '',
    `documents ${results.length}`,
    ...outcomes,
    `operations ${results.reduce((sum, { operations = 0 }) => sum + operations, 0)}`,
    ...(asked.length > 0
      ? [`accepted by swagger-parser ${asked.length}, of these clean ${(share * 100).toFixed(2)} %`]
      : []),
  ].join('\n');
}
