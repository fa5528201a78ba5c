import { type Advice, adviceFor } from '../advice.ts';
import type { Finding } from '../finding.ts';

export interface JsonReport {
  /** Whether something breaks on the axes that were asked for. */
  readonly breaking: boolean;
  readonly advice: Advice;
  readonly findings: readonly Finding[];
}

export function jsonReport(findings: readonly Finding[]): JsonReport {
  const breaking = findings.some(({ severity }) => severity === 'breaking');
  return { breaking, advice: adviceFor(findings), findings };
}
