// @ts-nocheck
import { isSegment, memberAt } from '../action/members.js';
import type { ServerBatch } from '../outcome/batch-result.js';
import type { DraftDialect, Flag } from '../protocol/protocol.js';
import { fromServer } from './action-names.js';

/** A batch from a server's JSON, or undefined where it is none. */
export function readBatch(
  { envelope, record }: DraftDialect,
  json: unknown,
): ServerBatch | undefined {
  const id = memberAt(json, record.id);
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  if (!isSegment(String(id))) return undefined;
  return {
    id: String(id),
    confirmed: isSaid(json, record.confirmed),
    completed: isSaid(json, record.completed),
    failed: isSaid(json, record.failed),
    errors: list(memberAt(json, record.errors))
      .slice(0, mostErrors)
      .map((error) => (typeof error === 'string' ? error : inWords(error))),
    created: list(memberAt(json, record.created)).flatMap((item) => {
      const [createdId, uri] = [memberAt(item, ['id']), memberAt(item, ['uri'])];
      return typeof uri === 'string' &&
        (typeof createdId === 'string' || typeof createdId === 'number')
        ? [{ id: String(createdId), uri }]
        : [];
    }),
    actions: list(memberAt(json, record.actions)).map((action) =>
      fromServer(action, envelope.action),
    ),
  };
}

function isSaid(json: unknown, flag: Flag): boolean {
  return 'is' in flag ? flag.is.includes(memberAt(json, flag.at)) : memberAt(json, flag) === true;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Anything that a server calls an error, as a text. */
function inWords(error: unknown): string {
  try {
    return JSON.stringify(error).slice(0, longest);
  } catch {
    return 'an error that is nested too deeply';
  }
}

const longest = 10_000;
/** No batch has as many actions. */
const mostErrors = 1_000;
