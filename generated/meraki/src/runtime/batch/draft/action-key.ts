// @ts-nocheck
import { isDeep } from '../action/depth.js';
import { isObject, own } from '../action/members.js';
import { trim } from '../action/wire.js';

/** What actions are told apart by, as a server may show them: with members in another order, or an empty body. */
export function actionKey(action: unknown): string {
  if (!isObject(action) || isDeep(action)) return '';
  const resource = own(action, 'resource');
  const place = typeof resource === 'string' ? trim(resource) : null;
  return JSON.stringify([own(action, 'operation'), place, own(action, 'body') ?? {}], inOrder);
}

function inOrder(_: string, value: unknown): unknown {
  if (!isObject(value)) return value;
  const names = Object.keys(value);
  names.sort();
  return Object.fromEntries(names.map((name) => [name, own(value, name)]));
}
