/**
 * A key or token, or a function that gives one. A function is asked before every attempt, so that
 * keys rotate; after a 401 the request is sent once more.
 */
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

/** A key in a header, after `prefix`. */
export function headerKey(name: string, secret: Secret, prefix = ''): Credential {
  return { secret, present: (key) => [name, prefix + key] };
}

/** `Authorization: Basic …` (RFC 7617), in UTF-8. */
export function basic(user: string, password: Secret): Credential {
  const encode = (text: string): string =>
    btoa(String.fromCodePoint(...new TextEncoder().encode(`${user}:${text}`)));
  return {
    // What is sent is the secret to mask: the password itself never leaves.
    secret: typeof password === 'string' ? encode(password) : async () => encode(await password()),
    present: (pair) => ['Authorization', `Basic ${pair}`],
  };
}

/** A key in the query. */
export function queryKey(name: string, secret: Secret): Credential {
  return {
    secret,
    present(key, url) {
      url.searchParams.set(name, key);
      return [name];
    },
  };
}

/** A key in a cookie; browsers do not let a page set one. */
export function cookieKey(name: string, secret: Secret): Credential {
  return { secret, present: (key) => ['Cookie', `${name}=${encodeURIComponent(key)}`] };
}
