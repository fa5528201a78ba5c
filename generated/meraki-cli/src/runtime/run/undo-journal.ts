// @ts-nocheck
import { join } from 'node:path';
import type { Batch, RunOptions } from './client-batch.js';
import type { RunFolder } from './run-folder.js';
import type { RunKind } from './run-kind.js';

/** The journal of the next undo of a run. */
export async function nextUndoJournal(
  kind: Pick<RunKind, 'hasBegun'>,
  { root, undoJournal }: RunFolder,
): Promise<string> {
  let path = undoJournal;
  for (let number = 2; await kind.hasBegun(path); number += 1) {
    path = join(root, `undo-${number}.jsonl`);
  }
  return path;
}

/** Ends what an earlier undo of a run has begun: what it sent may be under way still. */
export async function endUndo(
  kind: RunKind,
  batch: Batch,
  { root, undoJournal }: RunFolder,
  options: RunOptions,
): Promise<void> {
  if (!batch.resume) return;
  let path = undoJournal;
  for (let number = 2; await kind.hasBegun(path); number += 1) {
    const journal = await kind.openJournal(path);
    try {
      await batch.resume(journal, options);
    } catch (error) {
      // It ended before its plan was written down, so nothing was sent.
      if (!(error instanceof Error && 'reason' in error && error.reason === 'empty')) throw error;
    }
    path = join(root, `undo-${number}.jsonl`);
  }
}
