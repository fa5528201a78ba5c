import type { Doc } from './ir.ts';

/** What says nothing about itself. */
export const noDoc: Doc = { summary: '', description: '', deprecated: false };
