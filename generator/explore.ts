import { explorerPage } from '../templates/explorer/explorer-page.ts';
import type { Changes } from '../templates/explorer/explorer-data.ts';
import { readPageAssets } from '../templates/explorer/page-assets.ts';
import { complete } from './complete/complete.ts';
import type { Target } from './config/config.ts';
import { Diagnostics } from './diagnostics/diagnostics.ts';
import { adviceFor, reasonFor } from './diff/advice.ts';
import { diff, type DiffSide } from './diff/diff.ts';
import { axes } from './diff/finding.ts';
import { readSide } from './diff/read-side.ts';

/** A document, and what was found in it. */
export interface Explored {
  readonly source: string;
  readonly diagnostics: Diagnostics;
}

export interface ExploreOptions {
  /** What the documents are, apart from their place. */
  readonly target: Omit<Target, 'input' | 'output'>;
  /** A file, a URL, `-`, or `git:REV:path`. */
  readonly input: string;
  /** The same for the document to compare with. */
  readonly old?: string | undefined;
  /** Where `git:` looks for its repository. */
  readonly folder: string;
}

/** The page of a document, and what was found in the documents. */
export interface Exploration {
  /** Absent where a document cannot be used. */
  readonly page?: string | undefined;
  readonly documents: readonly Explored[];
}

/** Makes the page of a document, with what changed since an older one where that is named. */
export async function explore({
  target,
  input,
  old,
  folder,
}: ExploreOptions): Promise<Exploration> {
  const read = async (source: string): Promise<readonly [Explored, DiffSide | undefined]> => {
    const diagnostics = new Diagnostics();
    const side = await readSide({ ...target, input: source }, axes, folder, diagnostics);
    return [{ source, diagnostics }, side];
  };
  const [[document, now], before] = await Promise.all([
    read(input),
    old === undefined ? undefined : read(old),
  ]);
  const documents = before ? [before[0], document] : [document];
  if (!now?.api || (before && !before[1])) return { documents };
  const changes = before?.[1] && changesOf(before[1], now);
  const api = complete(now.api, target, now.dialect);
  return { documents, page: explorerPage(api, await readPageAssets(), changes) };
}

function changesOf(old: DiffSide, now: DiffSide): Changes {
  const findings = diff(old, now, axes);
  const names = functionNames(now);
  return {
    advice: `${adviceFor(findings)}: ${reasonFor(findings)}.`,
    findings: findings.map((finding) => ({
      ...finding,
      function: finding.operation === undefined ? undefined : names.get(finding.operation),
    })),
  };
}

/** The functions of operations, by what a finding may call them: operationId, or method and path. */
function functionNames({ api }: DiffSide): ReadonlyMap<string, string> {
  const operations = api?.groups.flatMap((group) => group.operations) ?? [];
  return new Map([
    ...operations.map(({ method, route, name }) => [`${method} ${route}`, name] as const),
    ...operations.map(({ id, name }) => [id, name] as const),
  ]);
}
