import { Diagnostics } from '../../../../generator/diagnostics/diagnostics.ts';
import { diff } from '../../../../generator/diff/diff.ts';
import { axes, type Finding } from '../../../../generator/diff/finding.ts';
import { type OpenSide, readDiffering } from '../../../../generator/diff/read-sides.ts';
import { openApi } from '../../../../generator/read-api.ts';

/** What a comparison finds that reads all of two documents, and one that reads as little as it can. */
export interface BothWays {
  readonly whole: readonly Finding[];
  readonly focused: readonly Finding[];
  /** How many operations are the same in both; undefined where all had to be read. */
  readonly unchanged: number | undefined;
}

export async function findBothWays(old: object, now: object): Promise<BothWays> {
  const find = async (isPart: boolean) => {
    const before = await open(old);
    const after = await open(now, isPart ? before : undefined);
    const [from, to] = await readDiffering(before, after, isPart);
    return { findings: diff(from, to, axes), unchanged: from.unchanged?.size };
  };
  const focused = await find(true);
  return {
    whole: (await find(false)).findings,
    focused: focused.findings,
    unchanged: focused.unchanged,
  };
}

async function open(document: object, valid?: OpenSide): Promise<OpenSide> {
  const diagnostics = new Diagnostics();
  const target = { input: '-', lenient: true };
  const source = { name: 'document', bytes: new TextEncoder().encode(JSON.stringify(document)) };
  const known = { valid: valid?.opened.loaded, onlyErrors: valid !== undefined };
  const opened = await openApi(target, diagnostics, { source, ...known });
  if (!opened) throw new Error(JSON.stringify(diagnostics.list.slice(0, 3)));
  return { target, opened, diagnostics };
}
