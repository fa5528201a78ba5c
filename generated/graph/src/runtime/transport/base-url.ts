// @ts-nocheck
/**
 * Checks a base URL when a client is made, rather than at its first call. No message repeats it: a
 * password may be in it.
 *
 * @throws TypeError where it is relative, holds a user, a query or a fragment, or is `http:` to
 * another machine, unless `allowInsecure`.
 */
export function checkBaseUrl({ baseUrl, allowInsecure }: BaseUrl): void {
  if (baseUrl === undefined) return;
  if (!URL.canParse(baseUrl)) throw new TypeError('baseUrl: not an absolute URL');
  const { protocol, hostname, username, password, href } = new URL(baseUrl);
  if (username || password)
    throw new TypeError('baseUrl: holds a user; credentials are an option of their own');
  if (/[?#]/.test(href)) throw new TypeError('baseUrl: holds a query or a fragment');
  if (!/^https?:$/.test(protocol)) throw new TypeError('baseUrl: neither https: nor http:');
  const near = /^(localhost|127[.\d]+|\[::1])$/.test(hostname);
  if (protocol === 'http:' && !near && !allowInsecure)
    throw new TypeError('baseUrl: http: shows the key to the network; allowInsecure permits it');
}

/** The options that it is about. */
interface BaseUrl {
  readonly baseUrl?: string | undefined;
  readonly allowInsecure?: boolean | undefined;
}
