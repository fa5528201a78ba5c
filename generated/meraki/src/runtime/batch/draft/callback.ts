// @ts-nocheck
import { memberAt } from '../action/members.js';
import type { DraftDialect } from '../protocol/protocol.js';
import {
  type CallbackBatch,
  CallbackError,
  type CallbackOptions,
  checkSecret,
} from './check-callback.js';
import { readBatch } from './server-batch.js';

/** Largest payload that is read, in characters. */
const longest = 10_000_000;

/**
 * Reads a callback: a `Request`, its text, or what was parsed from it.
 *
 * Only the secret shows who sent it, so treat the batch as a hint and let the run look by itself.
 *
 * @throws CallbackError where the secret differs or the payload makes no sense.
 */
export async function readCallback(
  dialect: DraftDialect,
  request: Request | string | object,
  { sharedSecret }: CallbackOptions,
): Promise<CallbackBatch> {
  checkSecret(sharedSecret);
  const { hook } = dialect;
  if (!hook) throw new TypeError(`${dialect.name} has no callbacks.`);
  const payload = await payloadOf(request);
  const secret = memberAt(payload, hook.secret);
  if (typeof secret !== 'string' || !sameText(secret, sharedSecret)) {
    throw new CallbackError('secret', 'The callback does not carry the shared secret.');
  }
  const batch = readBatch(dialect, memberAt(payload, hook.batch));
  const actionsCompleted = numberAt(payload, hook.completed);
  const actionsFailed = numberAt(payload, hook.failed);
  if (!batch && actionsCompleted === undefined && actionsFailed === undefined) {
    throw new CallbackError('payload', 'The callback tells of no batch.');
  }
  const failed = batch?.failed === true || (actionsFailed ?? 0) > 0;
  return {
    id: batch?.id,
    completed: actionsCompleted === undefined ? batch?.completed === true : !failed,
    failed,
    errors: batch?.errors ?? [],
    created: batch?.created ?? [],
    actionsCompleted,
    actionsFailed,
    payload: without(payload, hook.secret),
  };
}

async function payloadOf(request: Request | string | object): Promise<Record<string, unknown>> {
  const body = request instanceof Request ? await textOf(request) : textOfBytes(request);
  if (typeof body === 'string' && body.length > longest) throw tooLong();
  const json = typeof body === 'string' ? parse(body) : body;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new CallbackError('payload', 'The callback is no JSON object.');
  }
  return json as Record<string, unknown>;
}

/** The text of a request that is not trusted: no more of it is read than makes sense. */
async function textOf(request: Request): Promise<string> {
  if (!request.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  const reader = request.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length > longest) {
      await reader.cancel();
      throw tooLong();
    }
  }
  return text + decoder.decode();
}

function tooLong(): CallbackError {
  return new CallbackError('payload', 'The callback is too long.');
}

/** What a framework gives as bytes, as a text. */
function textOfBytes(body: string | object): string | object {
  if (!(body instanceof ArrayBuffer) && !ArrayBuffer.isView(body)) return body;
  if (body.byteLength > longest) throw tooLong();
  return new TextDecoder().decode(body as Uint8Array<ArrayBuffer>);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CallbackError('payload', 'The callback is no JSON.');
  }
}

/** Compares without telling by its time how much is equal. */
export function sameText(given: string, secret: string): boolean {
  const encoder = new TextEncoder();
  const a = encoder.encode(given);
  const b = encoder.encode(secret);
  let difference = a.length ^ b.length;
  // As many steps as the stranger's text has, so that the secret's length does not show either.
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index % b.length] ?? 0);
  return difference === 0;
}

function numberAt(json: unknown, names: readonly string[]): number | undefined {
  const value = memberAt(json, names);
  return typeof value === 'number' ? value : undefined;
}

function without(
  payload: Readonly<Record<string, unknown>>,
  [name = '']: readonly string[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(payload).filter(([key]) => key !== name));
}
