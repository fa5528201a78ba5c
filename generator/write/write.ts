import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { commit, type Step } from './commit.ts';
import { type Change, compare } from './compare.ts';
import {
  diagnoseDifference,
  diagnoseFailure,
  diagnoseNewHosts,
  diagnoseObstacles,
} from './diagnose.ts';
import { type Manifest, manifestName, printManifest, readFacts, readManifest } from './manifest.ts';
import { checkPaths } from './path.ts';
import type {
  EmittedFile,
  FormerFacts,
  RecordedFacts,
  WriteOptions,
  WriteSummary,
} from './summary.ts';
import { isMissing } from '../diagnostics/system-error.ts';

/**
 * Makes the folder `root` hold `files`: writes what differs, removes what it wrote before and is no
 * longer emitted, and touches nothing else. All of it happens, or nothing does and `diagnostics`
 * says why.
 */
export async function write(
  root: string,
  files: readonly EmittedFile[],
  options: WriteOptions & RecordedFacts,
  diagnostics: Diagnostics,
): Promise<WriteSummary> {
  const paths = files.map(({ path }) => path);
  if (!checkPaths(paths, diagnostics)) return summarize([], options);
  try {
    return await update(resolve(root), files, options, diagnostics);
  } catch (error) {
    diagnoseFailure(error, root, diagnostics);
    return summarize([], options);
  }
}

async function update(
  root: string,
  files: readonly EmittedFile[],
  options: WriteOptions & RecordedFacts,
  diagnostics: Diagnostics,
): Promise<WriteSummary> {
  const manifest = formerManifest(root, options, diagnostics);
  if (manifest === undefined) return summarize([], options);

  const changes = compare(root, files, manifest);
  const summary = summarize(changes, options);
  const steps = changes.filter((change) => isStep(change, options));
  const merged = new Set(files.filter((file) => file.merged).map(({ path }) => path));
  const digests = new Map(changes.filter(({ path }) => !merged.has(path)).flatMap(digestOf));
  const known = readFacts(root);
  const current =
    steps.length === 0 &&
    isCurrent(manifest, digests) &&
    known !== undefined &&
    isSame(known, options);
  if (known) diagnoseNewHosts(root, options.hosts ?? [], known.hosts, diagnostics);

  if (options.check) {
    if (!current) diagnoseDifference(root, summary, diagnostics);
    return summary;
  }
  if (!diagnoseObstacles(root, changes, options, diagnostics) || current) return summary;
  const facts = await factsOf(options, known);
  await commit(root, steps, {
    // Until all is in place, the next one is compared with what was there before.
    during: printManifest(digests, { ...facts, ...former(known) }, manifest),
    after: printManifest(digests, facts),
  });
  return summary;
}

/** The record of the output, empty where there is none, or undefined where it cannot be trusted. */
function formerManifest(
  root: string,
  { force }: WriteOptions,
  diagnostics: Diagnostics,
): Manifest | undefined {
  if (!isFolderOrMissing(root)) {
    diagnostics.error('write/blocked', 'The output is not a folder.', { file: root });
    return undefined;
  }
  const manifest = readManifest(root);
  if (manifest !== undefined) return manifest;
  if (force) return new Map();
  diagnostics.error('write/manifest', 'The record of what was generated cannot be read.', {
    file: join(root, manifestName),
    hint: 'Restore it, or generate with --force, which overwrites the files it would have named.',
  });
  return undefined;
}

function isFolderOrMissing(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() !== false;
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
}

/** Whether a change needs something done. */
function isStep(change: Change, { force }: WriteOptions): change is Step {
  switch (change.action) {
    case 'create':
    case 'replace':
      return true;
    case 'remove':
      return force === true || change.author === 'generator';
    case 'keep':
    case 'yield':
    case 'blocked':
      return false;
  }
}

function digestOf(change: Change): [string, string][] {
  return 'digest' in change ? [[change.path, change.digest]] : [];
}

function isCurrent(manifest: Manifest, digests: ReadonlyMap<string, string>): boolean {
  if (manifest.size !== digests.size) return false;
  return [...manifest].every(
    ([path, recorded]) => recorded.length === 1 && recorded[0] === digests.get(path),
  );
}

/** Whether the record already says what it is to say. */
function isSame(known: FormerFacts, { hosts = [], api, release }: RecordedFacts): boolean {
  const { document: _, ...formerApi } = known.api ?? { document: '' };
  const { pack: __, ...nextApi } = api ?? { pack: undefined };
  const text = (...facts: readonly unknown[]): string => JSON.stringify(facts);
  return text(known.hosts, formerApi, known.release) === text(hosts, nextApi, release);
}

/** What the record is to say. The same document is not packed again: another Node.js may do it otherwise. */
async function factsOf(
  { hosts = [], api, release }: RecordedFacts,
  known: FormerFacts | undefined,
): Promise<FormerFacts> {
  if (!api) return { hosts, release };
  const { digest: of, options } = api;
  const isKnown = known?.api?.digest === of && known.api.document !== '';
  const document = isKnown ? (known.api?.document ?? '') : await api.pack();
  return { hosts, release, api: { digest: of, options, document } };
}

function former(known: FormerFacts | undefined): Pick<FormerFacts, 'api' | 'release'> {
  return { api: known?.api, release: known?.release };
}

function summarize(changes: readonly Change[], options: WriteOptions): WriteSummary {
  const paths = (fits: (change: Change) => boolean): string[] =>
    changes.filter(fits).map(({ path }) => path);
  return {
    created: paths(({ action }) => action === 'create'),
    changed: paths(({ action }) => action === 'replace'),
    unchanged: paths(({ action }) => action === 'keep'),
    removed: paths((change) => change.action === 'remove' && isStep(change, options)),
    kept: paths((change) => change.action === 'remove' && !isStep(change, options)),
  };
}
