import { memberAt } from '../action/members.js';
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
  // It becomes a path segment.
  if (/^\.{0,2}$/.test(String(id))) return undefined;
  return {
    id: String(id),
    confirmed: isSaid(json, record.confirmed),
    completed: isSaid(json, record.completed),
    failed: isSaid(json, record.failed),
    errors: list(memberAt(json, record.errors)).map((error) =>
      typeof error === 'string' ? error : JSON.stringify(error),
    ),
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
