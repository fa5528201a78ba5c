import { resolve } from 'node:path';
import { packageVersion } from '../complete/package-version.ts';
import type { Target } from '../config/config.ts';
import { Diagnostics } from '../diagnostics/diagnostics.ts';
import { type Advice, adviceFor } from '../diff/advice.ts';
import { diff } from '../diff/diff.ts';
import { axes, type Finding } from '../diff/finding.ts';
import { readPackageSide } from '../diff/read-side.ts';
import type { ReadApi } from '../read-api.ts';
import { readRememberedApi } from '../record/read-record.ts';
import type { FormerFacts, RecordedApi, RecordedRelease } from '../write/summary.ts';
import { notesOf } from './changelog.ts';
import { presentVersion } from './present-version.ts';
import { isAbove, parseVersion, raise } from './version.ts';

/** The release that an output is to hold. */
export interface NextRelease extends RecordedRelease {
  /** What it changes for the version; `none` where it is the one that the output already holds. */
  readonly advice: Advice | 'first';
  /** What changed, for the changelog; absent where the release is not another. */
  readonly notes?: string | undefined;
}

/**
 * The release that an API makes of a package: the one that the output holds where nothing changed,
 * else the next one, as far above as the changes ask for.
 */
export async function nextRelease(
  target: Target,
  read: ReadApi,
  next: RecordedApi,
  facts: FormerFacts | undefined,
  accepted: ReadonlySet<string>,
  diagnostics: Diagnostics,
): Promise<NextRelease> {
  const root = resolve(target.output);
  const present = presentVersion(root);
  const document = read.api.version;
  const operations = read.api.groups.reduce((sum, group) => sum + group.operations.length, 0);
  const known =
    facts?.release ?? (facts?.api && present !== undefined ? startAt(present) : undefined);
  if (!known) {
    const notes = notesOf({ document, operations });
    const version = firstVersion(target, document, present);
    return { version, document, added: [], advice: 'first', notes };
  }

  const findings = await changesSince(facts, target, read, next, accepted, diagnostics);
  const advice = adviceFor(findings);
  const isStarting = !facts?.release;
  const version = versionAfter(known.version, advice, target, document, present);
  if (advice === 'none' && version === known.version && !isStarting)
    return { ...known, document, advice };
  const added = addedBy(findings, read);
  // Changesets raise the version later: until then, what is new stays new.
  const isOpen = target.version === 'changesets' && version === known.version;
  return {
    version,
    document,
    added: isOpen ? [...new Set([...known.added, ...added])].toSorted() : added,
    advice,
    notes: notesOf({ document, former: known.document, findings, operations }),
  };
}

/** The release of a package whose code alone changed, as with a newer batchwright. */
export function repackaged(release: NextRelease, target: Target): NextRelease {
  const { document } = release;
  const version =
    target.version === 'semver'
      ? atLeast(raise(release.version, 'patch'), target)
      : release.version;
  const notes = notesOf({ document, former: document, findings: [], operations: 0 });
  return { version, document, added: [], advice: 'patch', notes };
}

function startAt(version: string): RecordedRelease {
  return { version, document: '', added: [] };
}

function firstVersion(target: Target, document: string, present: string | undefined): string {
  if (target.version !== 'semver' && target.version !== 'changesets')
    return atLeast(packageVersion(document), target);
  return atLeast(present ?? '0.0.0', target, '1.0.0');
}

function versionAfter(
  former: string,
  advice: Advice,
  target: Target,
  document: string,
  present: string | undefined,
): string {
  switch (target.version ?? 'document') {
    case 'document':
      return chosenVersion(target) ?? packageVersion(document);
    case 'semver':
      return atLeast(advice === 'none' ? former : raise(former, advice), target);
    case 'changesets':
      return present ?? former;
  }
}

/** A version, or the one that the configuration names, where that is above it. */
function atLeast(version: string, target: Target, least?: string): string {
  const chosen = chosenVersion(target) ?? (version === '0.0.0' ? least : undefined);
  return chosen !== undefined && (isAbove(chosen, version) || version === '0.0.0')
    ? chosen
    : version;
}

function chosenVersion({ package: members }: Target): string | undefined {
  const version = members?.['version'];
  return typeof version === 'string' && parseVersion(version) ? version : undefined;
}

async function changesSince(
  facts: FormerFacts | undefined,
  target: Target,
  read: ReadApi,
  next: RecordedApi,
  accepted: ReadonlySet<string>,
  diagnostics: Diagnostics,
): Promise<readonly Finding[]> {
  const before = facts?.api;
  if (!before) return [];
  const { digest, options } = before;
  const isSame = digest === next.digest;
  if (isSame && JSON.stringify(options) === JSON.stringify(next.options)) return [];
  // What a former generation reported of it is not new.
  const silent = new Diagnostics();
  const remembered = await readRememberedApi(before, target.output, silent);
  const old = remembered && (await readPackageSide(remembered, target, silent));
  if (!old) {
    diagnostics.warning('release/unknown', 'What changed since the last release is not known.', {
      file: target.output,
      hint: 'The record of the package cannot be read. Set `package.version` to the version it needs.',
    });
    return [];
  }
  const now = { loaded: read, api: read.api, dialect: read.dialect, name: target.name };
  return diff(old, now, axes).filter(({ fingerprint }) => !accepted.has(fingerprint));
}

function addedBy(findings: readonly Finding[], { api }: ReadApi): readonly string[] {
  const ids = new Set(
    findings.flatMap(({ rule, operation }) => (rule === 'function-added' ? (operation ?? []) : [])),
  );
  return api.groups
    .flatMap(({ operations }) => operations.filter(({ id }) => ids.has(id)))
    .map(({ name }) => name)
    .toSorted();
}
