import type { Diagnostics } from './diagnostics/diagnostics.ts';
import type { Dialect } from './dialects/dialect.ts';
import type { ApiDescription, Operation } from './ir/ir.ts';
import { defaultUrl } from './ir/server.ts';

/**
 * The hosts besides the API's own that operations with credentials would send them to, sorted. A
 * document does not say where keys go: each is a warning, and an error where the dialect knows the
 * hosts of its vendor and this is none of them.
 */
export function furtherHosts(
  api: ApiDescription,
  dialect: Dialect | undefined,
  diagnostics: Diagnostics,
): readonly string[] {
  const home = originsOf(api.servers.map(defaultUrl))[0];
  const byOrigin = new Map<string, Operation[]>();
  for (const operation of api.groups.flatMap((group) => group.operations)) {
    if (!operation.server || !operation.authenticated) continue;
    const [origin] = originsOf([defaultUrl(operation.server)]);
    if (origin === undefined || origin === home) continue;
    const others = byOrigin.get(origin);
    if (others) others.push(operation);
    else byOrigin.set(origin, [operation]);
  }
  const domains = dialect?.client?.allowedHosts;
  for (const [origin, operations] of byOrigin) report(origin, operations, domains, diagnostics);
  return [...byOrigin.keys()].toSorted();
}

function report(
  origin: string,
  [first, ...others]: readonly Operation[],
  domains: readonly string[] | undefined,
  diagnostics: Diagnostics,
): void {
  if (!first) return;
  const { hostname } = new URL(origin);
  const isForeign = domains?.some((domain) => `.${hostname}`.endsWith(`.${domain}`)) === false;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  diagnostics[isForeign ? 'error' : 'warning'](
    'operation/other-host',
    `\`${first.id}\`${more} would send the credentials to ${origin}, which is not the API's own host.`,
    {
      pointer: first.pointer,
      hint: isForeign
        ? 'No host of this vendor is there. Correct the `servers` of the operation.'
        : 'The client refuses to, until its option `allowedUrls` permits it.',
    },
  );
}

function originsOf(urls: readonly string[]): readonly string[] {
  return urls
    .filter((url) => /^https?:/i.test(url) && URL.canParse(url))
    .map((url) => new URL(url).origin);
}
