// @ts-nocheck
import type { Secret } from '../call.js';

/**
 * Checks that a credential is set without which no operation can be called, where types do not see it.
 *
 * @throws TypeError that names the option.
 */
export function checkCredential(secret: Secret | undefined, option: string): Secret {
  if (secret === undefined || secret === null)
    throw new TypeError(`${option}: not set; it takes the key, or a function that gives it`);
  return secret;
}
