// @ts-nocheck
import { type JournalEntry, JournalError } from './journal.js';
import { isLockLine, type LockLine } from './lock.js';
import type { FileHandle } from './node-api.js';

/** What a journal's file holds. */
export interface Content {
  readonly entries: readonly JournalEntry[];
  readonly locks: readonly LockLine[];
  /** Whether the last line has no end. */
  readonly isTorn: boolean;
  /** Checksum of the last entry; undefined where entries have none. */
  readonly sum: string | undefined;
}

/**
 * Everything in the file. A line that is not JSON was torn by a crash: it is the last one and has no end, or the
 * next is a lock, because the next process took the journal first. One with an end or a checksum is damaged.
 */
export async function readContent(file: Pick<FileHandle, 'read'>, path: string): Promise<Content> {
  const entries: JournalEntry[] = [];
  const locks: LockLine[] = [];
  let torn: number | undefined;
  let hasEnd = false;
  let number = 0;
  let isTorn = false;
  let sum: string | undefined = '';
  for await (const { text, ended } of lines(file)) {
    number += 1;
    isTorn = !ended;
    if (text === '') continue;
    // Whole without its end of line, too: it states a fact or an intention, and either may be believed.
    const [, said = ''] = sealed.exec(text) ?? [];
    const plain = text.replace(sealed, '}');
    const entry = parse(plain);
    if (torn === undefined && !entry && complete.test(text)) throw damaged(path, number);
    if (torn !== undefined && entry?.type !== 'lock') throw damaged(path, torn);
    torn = entry ? undefined : number;
    hasEnd = ended;
    if (!entry) continue;
    if (isLockLine(entry)) {
      locks.push(entry);
      continue;
    }
    // Other programs may write journals without checksums, but not in part.
    if (said === '' && (sum === undefined || entries.length === 0)) {
      sum = undefined;
      entries.push(entry);
      continue;
    }
    sum = sum === undefined ? 'none' : checksum(sum + plain);
    // A bit that flipped, or a line that is missing, doubled or moved.
    if (said !== sum) throw damaged(path, number);
    entries.push(entry);
  }
  if (torn !== undefined && hasEnd) throw damaged(path, torn);
  return { entries, locks, isTorn, sum };
}

/** A line's object; undefined where it is none. */
export function parse(line: string): JournalEntry | LockLine | undefined {
  try {
    const json: unknown = JSON.parse(line);
    // A process that can write the journal can run the plan, so both are trusted alike.
    if (typeof json === 'object' && json !== null && 'type' in json) return json as JournalEntry;
  } catch {
    return undefined;
  }
  return undefined;
}

async function* lines(
  file: Pick<FileHandle, 'read'>,
): AsyncGenerator<{ readonly text: string; readonly ended: boolean }> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(1 << 18);
  // A line may come in many parts: what was looked through is not looked through again.
  let parts: string[] = [];
  for (let position = 0; ;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    position += bytesRead;
    const read = decoder.decode(buffer.subarray(0, bytesRead), { stream: bytesRead > 0 });
    const [first = '', ...others] = read.split('\n');
    parts.push(first);
    for (const next of others) {
      yield { text: parts.join(''), ended: true };
      parts = [next];
    }
    if (bytesRead > 0) continue;
    const text = parts.join('');
    if (text !== '') yield { text, ended: false };
    return;
  }
}

/** Editors and version control may change how lines end. */
const sealed = /,"sum":"([0-9a-f]+)"\}\s*$/;
/** A line that was written to its end, whatever has happened to it since. */
const complete = /,"sum":"[0-9a-f]{16}"\}/;

function damaged(path: string, line: number): JournalError {
  return new JournalError('damaged', `The journal ${path} is damaged in line ${line}.`);
}

/** Tells damage, not malice: whoever may write the journal can run the plan (64 bits, as FNV-1a mixes them). */
export function checksum(text: string): string {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 0x01000193) ^ (low >>> 13);
    low = Math.imul(low ^ code ^ (high >>> 7), 0x85ebca6b);
  }
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
}
