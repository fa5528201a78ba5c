import type { Transmit } from './transmit.js';

const MAX_REDIRECTS = 5;

/**
 * Follows redirects, with method, body and credentials, to the same origin and to allowed URLs. What
 * `fetch` itself does would take custom headers and bodies anywhere. A browser hides where a
 * redirect leads, so that there every redirect is an error.
 */
export function redirected(next: Transmit, allowed: RegExp | undefined): Transmit {
  return async (url, init, attempt) => {
    const refuse = (reason: string): Error => {
      attempt.unsent();
      return attempt.fail('redirect', reason);
    };
    let { method, body } = init;
    let from = url;
    for (let count = 0; ; count++) {
      const response = await next(from, { ...init, method, body }, attempt);
      const { status, type } = response;
      if (type !== 'opaqueredirect' && !/^30[12378]$/.test(`${status}`)) return response;
      const link = response.headers.get('Location') ?? '';
      await response.body?.cancel();
      if (!link || !URL.canParse(link, from)) throw refuse('redirect without a location');
      const to = new URL(link, from);
      if (!to.href.startsWith(`${url.origin}/`) && !allowed?.test(to.href))
        throw refuse(`redirect to ${to.origin} is not allowed`);
      if (count === MAX_REDIRECTS) throw refuse(`more than ${MAX_REDIRECTS} redirects`);
      if (status === 303) [method, body] = ['GET', null];
      from = to;
    }
  };
}
