import type { Hooks } from './request-protocol.js';

/** What the dialect of aXAPI cannot say as data. */
export const hooks: Hooks = {
  // A report stands for itself inside a batch, and under `response` anywhere else.
  value: (body) => (isReport(body) ? { response: body } : body),
};

function isReport(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'http-status' in body;
}
