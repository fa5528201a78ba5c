import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { type Case, cases, changed, originals } from './cases.ts';
import { judge } from './fault.ts';

export interface Task {
  readonly count: number;
  readonly seed: number;
  readonly path?: string;
}

export type News =
  | { readonly kind: 'begin'; readonly case: Case }
  | { readonly kind: 'done'; readonly case: Case; readonly outcome: string }
  | { readonly kind: 'fault'; readonly case: Case; readonly fault: string; readonly path: string }
  | { readonly kind: 'end' };

/** Of an original: larger ones take longer and have nothing in them that small ones have not. */
export const maxBytes = 40_000;

if (parentPort !== null) await run(parentPort.postMessage.bind(parentPort));

async function run(tell: (news: News) => void): Promise<void> {
  // What started this thread gave it a task.
  const task = workerData as Task;
  const documents = await originals(maxBytes);
  const property = fc.asyncProperty(cases(documents.length), async (one) => {
    tell({ kind: 'begin', case: one });
    const { fault, outcome } = await judge(changed(one, documents));
    if (fault !== undefined) throw new Error(fault);
    tell({ kind: 'done', case: one, outcome });
  });
  const { count: numRuns, seed, path } = task;
  const result = await fc.check(property, { numRuns, seed, ...(path && { path }) });
  const [found] = result.counterexample ?? [];
  if (!result.failed || found === undefined) return tell({ kind: 'end' });
  const { errorInstance, counterexamplePath } = result;
  const fault = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  tell({ kind: 'fault', case: found, fault, path: counterexamplePath ?? '' });
}
