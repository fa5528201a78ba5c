import type { CallOptions, ClientOptions } from '../client.js';
import type { Answer, Request } from '../request.js';
import type { Fail } from './errors.js';

/** An answer whose body is not read yet, and the call that it belongs to. */
export interface Exchange {
  readonly response: Response;
  readonly request: Request;
  readonly settings: CallOptions & Pick<ClientOptions, 'fetch'>;
  /** Ends the request. */
  readonly control: AbortController;
  /** Makes an error of this call. */
  readonly fail: Fail;
  /** Masks the call's credentials. */
  readonly mask: (text: string) => string;
  /** Sends a request as this one was sent. */
  readonly send: (request: Request) => Promise<Answer>;
}

/** How an operation's successes are read. */
export interface AnswerReader {
  /** The media types to ask for. */
  readonly accept?: string | undefined;
  /** Gives the body. */
  readonly read: (exchange: Exchange) => Promise<unknown>;
  /** Whether the body is read while it arrives, however long that takes. */
  readonly streams?: ((response: Response) => boolean) | undefined;
}
