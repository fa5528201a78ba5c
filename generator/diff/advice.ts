import type { Finding } from './finding.ts';

/** The part of a version (semver.org) that a release with some changes raises. */
export type Advice = 'major' | 'minor' | 'patch' | 'none';

export function adviceFor(findings: readonly Finding[]): Advice {
  if (findings.some(({ severity }) => severity === 'breaking')) return 'major';
  if (findings.some(({ severity }) => severity !== 'docs')) return 'minor';
  return findings.length > 0 ? 'patch' : 'none';
}

/** Why, in a sentence. */
export function reasonFor(findings: readonly Finding[]): string {
  const of = (severity: Finding['severity']): readonly Finding[] =>
    findings.filter((finding) => finding.severity === severity);
  const breaking = of('breaking');
  if (breaking.length > 0) {
    const axes = [...new Set(breaking.map(({ axis }) => axis))].join(', ');
    return `${breaking.length} of ${findings.length} changes break (${axes})`;
  }
  const others = findings.length - of('docs').length;
  if (others > 0) return `nothing breaks, and ${others} changes go beyond documentation`;
  return findings.length > 0 ? 'only documentation changed' : 'nothing changed';
}
