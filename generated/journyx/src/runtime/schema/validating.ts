// @ts-nocheck
import type { Client } from '../call.js';
import type { Logger } from '../transport/logged.js';

/** The option of a client object that checks bodies. */
export interface ValidateOption {
  /** Checks bodies by the schemas of a validator: `{ schemas, request: true, response: 'warn' }`. Default: none. */
  readonly validate?: Validation | undefined;
}

/** The client, which checks bodies where that is asked for: the schemas bring the code. */
export function validating(
  client: Client,
  { validate, logger }: ValidateOption & { readonly logger?: WarningSink | undefined },
): Client {
  return validate ? validate.schemas.validated(client, validate, logger) : client;
}

/** What becomes of a value that is not what its schema says: an error, a warning, nothing. */
export type Consequence = boolean | 'warn';

/** Which values a client checks. */
export interface ValidationChoice {
  /** The bodies that are sent. `true`: what does not fit is not sent, and the call rejects. */
  readonly request?: Consequence | undefined;
  /** The bodies of successes. `true`: the call rejects with an error that tells the status. */
  readonly response?: Consequence | undefined;
}

/** The option `validate` of a client object. */
export interface Validation extends ValidationChoice {
  /** What the entry point of a validator exports as `schemas`. */
  readonly schemas: OperationSchemas;
}

/** Takes warnings: `console`, or the logger of a client. */
export type WarningSink = Pick<Logger, 'warn'>;

/** The schemas of an API by operation. They bring the code that checks, so that a client without them has none. */
export interface OperationSchemas {
  /** A client that checks what it sends and gets. Warnings go to `console` unless there is a logger. */
  validated(client: Client, choice: ValidationChoice, logger?: WarningSink | undefined): Client;
}
