import { differences } from './compare.js';
import type { Hooks } from './request-dialect.js';

/** What the dialect of aXAPI cannot say as data. */
export const hooks: Hooks = {
  // A report stands for itself inside a batch, and under `response` anywhere else.
  value: (body) => (isObject(body) && 'http-status' in body ? { response: body } : body),
  find,
};

/**
 * An element is sent and returned as the only member of an object: `{ server: { name } }`. Reading its own
 * URI shows it in the same way; reading the collection to which it was added shows `server-list`.
 */
function find(sent: unknown, read: unknown): unknown {
  if (!isObject(sent) || !isObject(read)) return undefined;
  const [member, ...others] = Object.entries(sent);
  if (!member || others.length > 0) return undefined;
  const [name, wanted] = member;
  const list = read[`${name}-list`];
  const found = Array.isArray(list) ? list.find((one) => holds(wanted, one)) : read[name];
  return found !== undefined && holds(wanted, found) ? { [name]: found } : undefined;
}

function holds(wanted: unknown, found: unknown): boolean {
  return differences(wanted, found, '').length === 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
