// @ts-nocheck
import type { Transmit } from '../call.js';

const MAX_REDIRECTS = 5;
/** How many resources' homes are remembered. */
const MAX_HOMES = 1000;

/**
 * Follows redirects, with method, body and credentials, to the same origin and to allowed URLs. What
 * `fetch` itself does would take custom headers and bodies anywhere. A browser hides where a
 * redirect leads, so that there every redirect is an error.
 *
 * Where an API lives on several hosts, a redirect tells where a resource is at home: what lies below
 * the same `/networks/N_1` is asked for there at once from then on, until that host fails.
 */
export function redirected(next: Transmit, allowed: RegExp | undefined): Transmit {
  const homes = new Map<string, string>();
  return async (url, init, attempt) => {
    const refuse = (reason: string): Error => {
      attempt.unsent();
      return attempt.fail('redirect', reason);
    };
    const resource = (): string => url.origin + attempt.request.path.split('/', 3).join('/');
    // Most APIs live on one host.
    const home =
      homes.size > 0 && attempt.request.url === undefined ? homes.get(resource()) : undefined;
    let { method, body } = init;
    let from = home === undefined ? url : at(home, url);
    if (home !== undefined) homes.delete(resource());
    for (let count = 0; ; count++) {
      const response = await next(from, { ...init, method, body }, attempt);
      const { status, type } = response;
      const isWanted = attempt.request.answers?.any;
      if (type !== 'opaqueredirect' && (isWanted || !isRedirect(response))) {
        const moved = from.origin !== url.origin && from.href === at(from.origin, url).href;
        if (moved && (response.ok || status === 429)) remember(resource(), from.origin);
        return response;
      }
      const link = response.headers.get('Location') ?? '';
      await response.body?.cancel();
      if (!link || !URL.canParse(link, from)) throw refuse('redirect without a location');
      const to = new URL(link, from);
      if (to.username || to.password || /%0[ad]/i.test(link))
        throw refuse('redirect with a user or a line break in its location');
      if (from.protocol === 'https:' && to.protocol !== 'https:')
        throw refuse('redirect from https: to http:');
      if (to.origin !== url.origin && !allowed?.test(to.href))
        throw refuse(`redirect to ${to.origin} is not allowed`);
      if (count === MAX_REDIRECTS) throw refuse(`more than ${MAX_REDIRECTS} redirects`);
      if (status === 303) [method, body] = ['GET', null];
      from = to;
    }
  };

  function remember(resource: string, origin: string): void {
    const [oldest] = homes.keys();
    if (homes.size >= MAX_HOMES && oldest !== undefined) homes.delete(oldest);
    homes.set(resource, origin);
  }
}

/** Whether a status says that the answer is elsewhere. */
export function isRedirect({ status }: Response): boolean {
  return /^30[12378]$/.test(`${status}`);
}

/** The same URL at another origin. */
function at(origin: string, { pathname, search }: URL): URL {
  return new URL(origin + pathname + search);
}
