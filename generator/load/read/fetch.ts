import { maxBytes, ReadError, tooLarge } from './read-error.ts';

export interface FetchOptions {
  readonly signal?: AbortSignal | undefined;
  /** Says whether a redirect may lead to a URL; by default to any that is as public and as secure. */
  readonly mayRedirect?: ((from: URL, to: URL) => boolean) | undefined;
}

export interface Fetched {
  readonly bytes: Uint8Array;
  /** Where the last redirect led. */
  readonly url: URL;
}

const timeoutMs = 30_000;
const maxRedirects = 5;

/**
 * Fetches a document by HTTP, within limits of time, size and redirects, and without credentials
 * beyond those written in the URL itself.
 * @throws {ReadError} where the server cannot be reached or answers with anything but success.
 */
export async function fetchBytes(start: URL, options: FetchOptions = {}): Promise<Fetched> {
  const { mayRedirect = isAsPublic } = options;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal =
    options.signal === undefined ? deadline : AbortSignal.any([deadline, options.signal]);
  let url = start;
  try {
    for (let redirects = 0; redirects <= maxRedirects; redirects++) {
      const response = await fetch(withoutCredentials(url), {
        signal,
        redirect: 'manual',
        headers: { accept: 'application/json, application/yaml, */*;q=0.5', ...basicAuth(url) },
      });
      const target = redirectTarget(response, url);
      if (target === undefined) return { bytes: await bodyOf(response, url), url };
      await response.body?.cancel();
      if (!mayRedirect(url, target)) {
        throw new ReadError(
          'load/redirect',
          `${shown(url)} redirects to ${shown(target)}, which is not followed.`,
          'If you trust that address, name it in place of the first.',
        );
      }
      url = target;
    }
  } catch (error) {
    if (error instanceof ReadError || options.signal?.aborted === true) throw error;
    throw new ReadError(
      'load/unreachable',
      `${shown(url)} ${failure(error, deadline)}.`,
      undefined,
      {
        cause: error,
      },
    );
  }
  throw new ReadError(
    'load/redirect',
    `${shown(start)} redirects more than ${maxRedirects} times.`,
  );
}

function redirectTarget(response: Response, url: URL): URL | undefined {
  const location = response.headers.get('location');
  if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return undefined;
  if (URL.canParse(location, url)) return new URL(location, url);
  throw new ReadError('load/redirect', `${shown(url)} redirects to an invalid address.`);
}

async function bodyOf(response: Response, url: URL): Promise<Uint8Array> {
  if (!response.ok) {
    await response.body?.cancel();
    throw new ReadError(
      'load/unreachable',
      `${shown(url)} answered with status ${response.status}.`,
      'Open the address in a browser to see whether it still holds the document.',
    );
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(shown(url));
    parts.push(chunk);
  }
  return Buffer.concat(parts, size);
}

/** A public site must not lead the generator into a private network, nor from https to http. */
function isAsPublic(from: URL, to: URL): boolean {
  if (to.protocol !== 'https:' && to.protocol !== from.protocol) return false;
  return to.hostname === from.hostname || !isPrivate(to.hostname);
}

/** Whether a host is this machine or in a network of private addresses (RFC 1918, 4193, 3927, 6598). */
export function isPrivate(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  if (host === 'localhost' || /\.(localhost|local|internal|home\.arpa)$/.test(host)) return true;
  if (host.startsWith('[')) return !/^\[[23]/.test(host);
  if (!host.includes('.')) return true;
  const [a = 0, b = 0] = /^\d+\.\d+\.\d+\.\d+$/.test(host) ? host.split('.').map(Number) : [256];
  if (a === 0 || a === 10 || a === 127) return true;
  if (a === 169) return b === 254;
  if (a === 172) return b >= 16 && b < 32;
  if (a === 192) return b === 168;
  return a === 100 && b >= 64 && b < 128;
}

function basicAuth(url: URL): Record<string, string> {
  if (url.username === '' && url.password === '') return {};
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
}

function withoutCredentials(url: URL): URL {
  const clean = new URL(url);
  clean.username = '';
  clean.password = '';
  return clean;
}

/** A URL for messages: user name and password never, query values not either, as they may be keys. */
export function shown(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

function failure(error: unknown, deadline: AbortSignal): string {
  if (deadline.aborted) return `did not answer within ${timeoutMs / 1000} seconds`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return 'cannot be reached: there is no such host';
  if (code === 'ECONNREFUSED') return 'cannot be reached: it refused the connection';
  return `cannot be reached: ${code ?? (cause instanceof Error ? cause.message : String(cause))}`;
}
