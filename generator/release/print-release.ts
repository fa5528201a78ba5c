import { join, resolve } from 'node:path';
import { packageNames } from '../complete/package-names.ts';
import type { Target } from '../config/config.ts';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { ReadApi } from '../read-api.ts';
import { recordApi } from '../record/record.ts';
import { readPresent } from '../write/compare.ts';
import { digest, readFacts, readManifest } from '../write/manifest.ts';
import type { OutputFile } from '../template.ts';
import type {
  EmittedFile,
  FormerFacts,
  RecordedApi,
  RecordedFacts,
  RecordedRelease,
} from '../write/summary.ts';
import { type Changeset, changesetFolder, changesetText } from './changeset.ts';
import { withSection } from './changelog.ts';
import type { NextRelease } from './next-release.ts';
import { withVersion } from './present-version.ts';

/** A package as it is to be written. */
export interface PrintedRelease {
  readonly files: readonly EmittedFile[];
  readonly facts: Pick<RecordedFacts, 'api' | 'release'>;
  readonly changeset?: Changeset | undefined;
}

/** Prints a package as its next release: with its version, and with what the changelog says of it. */
export async function printRelease(
  target: Target,
  read: ReadApi,
  print: (release?: RecordedRelease) => Promise<readonly OutputFile[]>,
  accepted: ReadonlySet<string> = new Set(),
  diagnostics: Diagnostics,
): Promise<PrintedRelease> {
  const api = recordApi(read.document, read.textLength, target);
  const root = resolve(target.output);
  const former = readFacts(root);
  if (former?.api?.digest !== api.digest) packMeanwhile(api);
  if (!keepsReleases(target)) return { files: await print(), facts: { api } };

  const { nextRelease, repackaged } = await import('./next-release.ts');
  let release = await nextRelease(target, read, api, former, accepted, diagnostics);
  let files = await print(release);
  if (release.notes === undefined && isOther(root, files)) {
    release = repackaged(release, target);
    files = await print(release);
  }
  const { version, document, added } = release;
  return {
    files: [...withOwnVersion(root, files, target, former), ...changelogOf(root, release, target)],
    facts: { api, release: { version, document, added } },
    changeset: changesetOf(root, release, target, read, api.digest, diagnostics),
  };
}

/** Whether the package of a target keeps account of its releases. */
function keepsReleases({ version = 'document', changelog }: Target): boolean {
  return version !== 'document' || changelog === true;
}

/** Begins to pack a document, on another thread, while files are printed. */
function packMeanwhile(api: RecordedApi): void {
  // Who needs it waits for it, and hears of a failure.
  api.pack().catch(() => undefined);
}

/** Whether what is printed is not what was emitted before, although the API is the same. */
function isOther(root: string, files: readonly OutputFile[]): boolean {
  const manifest = readManifest(root);
  if (!manifest || manifest.size === 0) return false;
  return (
    manifest.size !== files.length ||
    files.some(({ path, text }) => manifest.get(path)?.includes(digest(Buffer.from(text))) !== true)
  );
}

function changelogOf(
  root: string,
  { notes, version }: NextRelease,
  target: Target,
): readonly EmittedFile[] {
  const { changelog = target.version === 'semver' } = target;
  if (!changelog || notes === undefined) return [];
  const path = 'CHANGELOG.md';
  const text = withSection(readPresent(root, path), version, notes);
  return [{ path, text, merged: true }];
}

/** Changesets writes the version into the file that was emitted, which makes it no edit. */
function withOwnVersion(
  root: string,
  files: readonly OutputFile[],
  target: Target,
  former: FormerFacts | undefined,
): readonly EmittedFile[] {
  if (target.version !== 'changesets') return files;
  const path = 'package.json';
  const present = readPresent(root, path);
  const version = former?.release?.version;
  if (present === undefined || version === undefined) return files;
  const before = withVersion(present, version);
  if (
    readManifest(root)
      ?.get(path)
      ?.includes(digest(Buffer.from(before))) !== true
  )
    return files;
  return files.map((file) => (file.path === path ? { ...file, formerly: present } : file));
}

function changesetOf(
  root: string,
  { advice, notes }: NextRelease,
  target: Target,
  { api }: ReadApi,
  name: string,
  diagnostics: Diagnostics,
): Changeset | undefined {
  if (target.version !== 'changesets') return undefined;
  const folder = changesetFolder(root);
  if (folder === undefined) {
    const message = 'There is no folder `.changeset` in the output or above it.';
    const hint = 'Make it with `npx changeset init`, or choose `version: "semver"`.';
    diagnostics.error('release/changeset', message, { file: target.output, hint });
    return undefined;
  }
  if (notes === undefined || advice === 'none' || advice === 'first') return undefined;
  const { packageName } = packageNames(target, api);
  const path = join(folder, `batchwright-${name.slice(0, 12)}.md`);
  return { path, text: changesetText(packageName, advice, notes) };
}
