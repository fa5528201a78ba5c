/** A key or token, or a function that gives one: it is asked before every attempt. */
export type Secret = string | (() => string | Promise<string>);

/** A way to present a secret. Made by `bearer`, `basic`, `headerKey`, `queryKey`, `cookieKey`. */
export interface Credential {
  readonly secret: Secret;
  /** Gives the header that carries a secret, or puts it into the URL. */
  readonly present: (secret: string, url: URL) => readonly [name: string, value?: string];
}

/** `Authorization: Bearer <token>` (RFC 6750). */
export function bearer(secret: Secret): Credential {
  return { secret, present: (token) => ['Authorization', `Bearer ${token}`] };
}
