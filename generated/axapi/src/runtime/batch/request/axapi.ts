// @ts-nocheck
import { isObject } from '../action/members.js';
import type { Hooks } from './request-protocol.js';

/** What the dialect of aXAPI cannot say as data. */
export const hooks: Hooks = {
  // A report stands for itself inside a batch, and under `response` anywhere else.
  value: (body) => (isReport(body) ? { response: body } : body),
  // An element stands below its name, so only a collection is shown as lists, or as nothing.
  isNothing: (body) =>
    isObject(body) && Object.values(body).every((one) => Array.isArray(one) && one.length === 0),
};

function isReport(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'http-status' in body;
}
