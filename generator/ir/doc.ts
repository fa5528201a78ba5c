import type { Doc } from './ir.ts';

/** What says nothing about itself. */
export const noDoc: Doc = { summary: '', description: '', deprecated: false };

/** A comment of one sentence. */
export function docOfText(summary: string): Doc {
  return { ...noDoc, summary };
}
