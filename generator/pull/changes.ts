import { adviceFor } from '../diff/advice.ts';
import { diff, type DiffSide } from '../diff/diff.ts';
import { axes } from '../diff/finding.ts';
import { textReport } from '../diff/report/text.ts';
import { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { Source } from '../load/read/read.ts';
import { readApi } from '../read-api.ts';

/** What a newer document changes for callers, for people. Undefined where either cannot be compared. */
export async function changesBetween(old: Source, now: Source): Promise<string | undefined> {
  const [before, after] = [await sideOf(old), await sideOf(now)];
  if (!before || !after) return undefined;
  const findings = diff(before, after, axes);
  const unpainted = (_: unknown, text: string): string => text;
  return adviceFor(findings) === 'none'
    ? 'The new document means the same as the old one.\n'
    : textReport(findings, unpainted, false);
}

async function sideOf(source: Source): Promise<DiffSide | undefined> {
  const target = { input: source.name, lenient: true };
  const read = await readApi(target, new Diagnostics(), { source });
  return read && { loaded: read, api: read.api, dialect: read.dialect };
}
