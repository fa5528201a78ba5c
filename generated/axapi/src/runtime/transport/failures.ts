// @ts-nocheck
import { ApiError } from '../answers/errors.js';
import type { Transmit } from '../call.js';

/** Failures before anything was sent, as Node names them. */
const UNSENT = /REFUSED|NOTFOUND|EAI_|CONNECT_TIMEOUT/;
/** Violations of HTTP and TLS, as Node names them: the next attempt would meet them too. */
const VIOLATION = /HTTPParser|OVERFLOW|MISMATCH|CERT|LEAF/;

/** What fetch rejects with: in Node the reason is its cause, which has a code. */
interface Failure {
  readonly name?: string;
  readonly code?: string;
  readonly cause?: Failure;
}

/**
 * Reads from Node's codes what a failure means: where nothing was sent, a POST may be repeated; where
 * the protocol is violated, nothing need be. Browsers do not tell.
 */
export function explained(next: Transmit): Transmit {
  const sent = new WeakSet<ReadableStream>();
  return async (url, init, attempt) => {
    const { body } = init;
    if (body instanceof ReadableStream) {
      // A redirect would have it sent again.
      if (sent.has(body)) throw attempt.fail('refused', 'a stream cannot be sent again');
      sent.add(body);
    }
    try {
      return await next(url, init, attempt);
    } catch (error) {
      if (error instanceof ApiError) throw error;
      const { cause, name, code } = Object(error) as Failure;
      const reason = cause?.code ?? code;
      const what = `${cause?.name ?? name} ${reason}`;
      if (UNSENT.test(what)) attempt.unsent();
      const kind = VIOLATION.test(what) ? 'protocol' : 'network';
      throw attempt.fail(kind, `${cause ?? error}`, { reason });
    }
  };
}
