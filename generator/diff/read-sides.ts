import { normalizeOptions } from '../config/options.ts';
import { Diagnostics } from '../diagnostics/diagnostics.ts';
import { survey } from '../normalize/normalize.ts';
import { type ApiPart, describeApi, type OpenedApi, type ReadTarget } from '../read-api.ts';
import type { DiffSide } from './diff.ts';
import { focusOn } from './focus/focus.ts';
import type { FocusSide } from './focus/frame.ts';
import { equal } from '../json/equal.ts';

/** One of the two documents, loaded. */
export interface OpenSide {
  readonly target: ReadTarget;
  readonly opened: OpenedApi;
  readonly diagnostics: Diagnostics;
  /** The name of the package, where it is known. */
  readonly name?: string | undefined;
}

/** Reads two documents as far as they differ, or all of both where it cannot be said how far that is. */
export async function readDiffering(
  old: OpenSide,
  now: OpenSide,
  isPart = true,
): Promise<readonly [DiffSide, DiffSide]> {
  const parts = isPart ? partsOf(old, now) : undefined;
  return Promise.all([describe(old, parts?.old), describe(now, parts?.now)]);
}

async function describe(
  { opened, target, diagnostics, name }: OpenSide,
  part?: SurveyedPart,
): Promise<DiffSide> {
  const read = await describeApi(opened, target, diagnostics, {}, part);
  for (const { code, message, severity, ...at } of part?.diagnostics.list ?? [])
    diagnostics[severity](code, message, at);
  const { api, dialect } = read;
  const unchanged = part?.unchanged;
  return { loaded: read, api, dialect, unchanged, ...(name !== undefined && { name }) };
}

/** The part of an API that is read, and what was found in the whole of it on the way. */
interface SurveyedPart extends ApiPart {
  readonly diagnostics: Diagnostics;
  readonly unchanged: DiffSide['unchanged'];
}

function partsOf(
  old: OpenSide,
  now: OpenSide,
): { readonly old: SurveyedPart; readonly now: SurveyedPart } | undefined {
  if (!areReadAlike(old, now)) return undefined;
  const before = surveyOf(old);
  const after = surveyOf(now);
  const focus = focusOn(before, after);
  if (!focus) return undefined;
  const { unchanged } = focus;
  return {
    old: { ...before, ...focus.old, unchanged },
    now: { ...after, ...focus.now, unchanged },
  };
}

function surveyOf({
  opened: { document, dialect },
  target,
}: OpenSide): FocusSide & Pick<SurveyedPart, 'diagnostics'> {
  const diagnostics = new Diagnostics();
  const surveyed = survey(document, diagnostics, normalizeOptions(target, dialect));
  return { document, surveyed, diagnostics };
}

/** Whether what says the same in both documents is read the same, operation by operation. */
function areReadAlike(old: OpenSide, now: OpenSide): boolean {
  const [from, to] = [old, now].map(({ target, opened: { dialect, loaded } }) => ({
    dialect: dialect?.name,
    bindsApart: dialect?.bindsApart ?? true,
    excluded: loaded.excluded.map(({ method, path }) => `${method} ${path}`),
    version: loaded.version,
    options: [
      target.dates,
      target.int64,
      target.overrides,
      target.queryStyle,
      target.resource,
      target.security,
      target.securitySchemes,
    ],
    // What a configuration says of operations and types is checked against all of them.
    names: target.pagination ?? target.rename,
  }));
  return (
    old.opened.dialect === now.opened.dialect &&
    from?.bindsApart === true &&
    from.names === undefined &&
    to?.names === undefined &&
    equal(from, to)
  );
}
