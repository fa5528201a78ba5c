// @ts-nocheck
import { join } from 'node:path';
import type { RunFolder } from './run-folder.js';
import type { RunKind } from './run-kind.js';

type Kind = Pick<RunKind, 'hasBegun'>;

/** The journal of the next undo of a run. */
export async function nextUndoJournal(kind: Kind, folder: RunFolder): Promise<string> {
  const begun = await begunUndoJournals(kind, folder);
  return pathOf(folder, begun.length + 1);
}

/** The journals of the undos of a run that have begun, the first one first. */
export async function begunUndoJournals(kind: Kind, folder: RunFolder): Promise<readonly string[]> {
  const begun: string[] = [];
  for (let number = 1; ; number += 1) {
    const path = pathOf(folder, number);
    if (!(await kind.hasBegun(path))) return begun;
    begun.push(path);
  }
}

function pathOf({ root, undoJournal }: RunFolder, number: number): string {
  return number === 1 ? undoJournal : join(root, `undo-${number}.jsonl`);
}
