import { createHash } from 'node:crypto';

/** A short name for a finding that depends on what it says and on nothing of how documents are laid out. */
export function fingerprint(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
