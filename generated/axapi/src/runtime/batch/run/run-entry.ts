// @ts-nocheck
import type { RunEntry } from '../journal/journal.js';
import type { DialectBase } from '../protocol/protocol.js';
import type { RunSettings } from './executor.js';

/** The first entry of a fresh journal. */
export function runEntry(
  { dialect }: { readonly dialect: DialectBase },
  settings: RunSettings,
): RunEntry {
  return { type: 'run', version: 1, dialect: dialect.name, ...settings };
}
