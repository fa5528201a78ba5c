import { leftOut } from '../../test/validators/left-out.ts';
import type { Draft } from '../../test/validators/suite.ts';
import type { Column, DraftResult, Results } from './results.ts';

const titles: Readonly<Record<Draft['folder'], string>> = {
  draft4: 'Draft 4, OpenAPI 3.0',
  'draft2020-12': 'Draft 2020-12, OpenAPI 3.1',
};

const head = `# Validators

How the validators of the templates [\`zod\`](templates/zod.md), [\`valibot\`](templates/valibot.md) and [\`standard-schema\`](templates/standard-schema.md) answer the [JSON Schema Test Suite](https://github.com/json-schema-org/JSON-Schema-Test-Suite), beside those of other generators. \`npm run bench:validators\` measures this and writes the page.

Each group of tests in the suite is a schema in a document: draft 4 in OpenAPI 3.0.3, draft 2020-12 in OpenAPI 3.1.1. A cell says how many tests of the keyword get the suite's answer, of how many; one number means all of them. The columns without a version are batchwright's.
`;

const notes = `## How it is measured

- The optional tests of the suite, such as those of single formats, are not part of it.
- Every generator has its own defaults, and its schemas are called as Standard Schemas. A schema that throws has not answered.
- The other generators get a document for each keyword. Where one fails at a document, or what it writes does not load, it gets each half, down to a single schema. What is left is the row "without a validator"; its tests count as not answered, and \`bench/validators/results.json\` names the groups.
- A generator that takes too long is stopped. What it did not come to is a dash.
- kubb is of version 4: the \`plugin-zod\` of version 5 needs a \`kubb\` that is not published.
`;

/** The page of the figures. */
export function pageOf(results: Results): string {
  // The keys are those of an object literal.
  const folders = Object.keys(titles) as readonly Draft['folder'][];
  return [head, ...folders.map((folder) => sectionOf(folder, results)), notes].join('\n');
}

function sectionOf(folder: Draft['folder'], { asked, columns }: Results): string {
  const { tests, apart } = asked[folder];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const of = ({ drafts }: Column): DraftResult | undefined => drafts[folder];
  const heads = columns.map(({ name, version }) => (version ? `${name} ${version}` : name));
  const rows = Object.keys(tests).map((keyword) =>
    line([`\`${keyword}\``, ...columns.map((column) => cellOf(of(column), keyword))]),
  );
  const unfinished = columns.flatMap((column) => {
    const reason = of(column)?.unfinished;
    return reason === undefined ? [] : [`- ${column.name}: not finished, ${reason}.`];
  });
  const left = countsOf(leftOut[folder].map((text) => text.slice(0, text.indexOf(':'))));
  const count = Object.values(tests).reduce((sum, one) => sum + one, 0);
  return [
    `## ${titles[folder]}\n`,
    `${count} tests.\n`,
    line(['', ...heads]),
    line(['---', ...heads.map(() => '--:')]),
    line(['**all**', ...columns.map((column) => totalOf(of(column), count))]),
    line(['without a validator', ...columns.map((one) => `${of(one)?.failures.length ?? '–'}`)]),
    ...rows,
    '',
    ...(unfinished.length === 0 ? [] : [...unfinished, '']),
    `Ours answer ${leftOut[folder].length} tests otherwise, the same in each library: ${left}. There the schema has no \`type\`, or a list of \`prefixItems\` no \`minItems\`, and the validator keeps to the TypeScript type. Generation says so for each schema with [\`schema/implied-type\`](diagnostics.md), and a [test](../test/validators/left-out.ts) names every one.\n`,
    'Left out of the document are the groups that it cannot hold:\n',
    ...Object.entries(apart).map(([why, groups]) => `- ${groups}: ${why}`),
    '',
  ].join('\n');
}

/** `4 of required, 2 of items` */
function countsOf(keywords: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const keyword of keywords) counts.set(keyword, (counts.get(keyword) ?? 0) + 1);
  return [...counts].map(([keyword, count]) => `${count} of \`${keyword}\``).join(', ');
}

function cellOf(result: DraftResult | undefined, keyword: string): string {
  const tally = result?.keywords[keyword];
  if (!tally) return '–';
  const { agreed, total } = tally;
  return agreed === total ? `${total}` : `${agreed}/${total}`;
}

function totalOf(result: DraftResult | undefined, count: number): string {
  if (!result) return 'not finished';
  const agreed = Object.values(result.keywords).reduce((sum, one) => sum + one.agreed, 0);
  return result.unfinished === undefined ? `**${agreed}/${count}**` : `${agreed}, not finished`;
}
