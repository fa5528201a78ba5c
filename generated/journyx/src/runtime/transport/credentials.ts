// @ts-nocheck
import type { Credential, Secret } from '../call.js';

export type { Credential, Secret } from '../call.js';

/** `Authorization: Bearer <token>` (RFC 6750). */
export function bearer(secret: Secret): Credential {
  return { secret, present: (token) => ['Authorization', `Bearer ${token}`] };
}

/** A key in a header, after `prefix`. */
export function headerKey(name: string, secret: Secret, prefix = ''): Credential {
  return { secret, present: (key) => [name, prefix + key] };
}

/**
 * `Authorization: Basic …` (RFC 7617), in UTF-8.
 *
 * @throws TypeError where user or password is not set; an empty one is.
 */
export function basic(user: string, password: Secret): Credential {
  // Both may come from an environment that lacks them, whatever their types say.
  for (const [name, value] of Object.entries<unknown>({ user, password }))
    if (value == null) throw new TypeError(`basic: the ${name} is not set`);
  const encode = (text: string): string =>
    btoa(String.fromCodePoint(...new TextEncoder().encode(`${user}:${text}`)));
  return {
    // What is sent has a text even where the password has none.
    secret: typeof password === 'string' ? encode(password) : async () => encode(await password()),
    present(pair, _url, _headers, secrets) {
      const bytes = Uint8Array.from(atob(pair), (byte) => byte.codePointAt(0) ?? 0);
      // Some APIs take a key as the user of an empty password.
      secrets.push(new TextDecoder().decode(bytes).slice(user.length + 1) || user || pair);
      return ['Authorization', `Basic ${pair}`];
    },
  };
}

/** A key in the query. */
export function queryKey(name: string, secret: Secret): Credential {
  return {
    secret,
    present(key, url, _headers, secrets, queryKeys) {
      secrets.push(encodeURIComponent(key));
      queryKeys.push(name);
      // `searchParams` would write the rest of the query anew, and lose what stays unencoded there.
      const start = `${encodeURIComponent(name)}=`;
      const others = url.search
        .slice(1)
        .split('&')
        .filter((pair) => pair && !pair.startsWith(start));
      url.search = [...others, start + encodeURIComponent(key)].join('&');
      return [name];
    },
  };
}

/** A key in a cookie; browsers do not let a page set one. */
export function cookieKey(name: string, secret: Secret): Credential {
  return {
    secret,
    present(key, _url, headers, secrets) {
      secrets.push(encodeURIComponent(key));
      let others: unknown;
      for (const [header, value] of headers) if (/^cookie$/i.test(header)) others = value;
      const own = `${name}=${encodeURIComponent(key)}`;
      return ['Cookie', others ? `${others}; ${own}` : own];
    },
  };
}
