import { memberAt } from '../action/members.js';
import type { ServerBatch } from '../outcome/batch-result.js';
import type { DraftDialect } from '../protocol/protocol.js';

/** A batch from a server's JSON, or undefined where it is none. */
export function readBatch({ record }: DraftDialect, json: unknown): ServerBatch | undefined {
  const id = memberAt(json, record.id);
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  // It becomes a path segment.
  if (/^\.{0,2}$/.test(String(id))) return undefined;
  return {
    id: String(id),
    confirmed: memberAt(json, record.confirmed) === true,
    completed: memberAt(json, record.completed) === true,
    failed: memberAt(json, record.failed) === true,
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
    actions: list(memberAt(json, record.actions)),
  };
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
