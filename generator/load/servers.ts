import { isObject, type MutableObject } from '../json/narrow.ts';

/**
 * Makes relative server URLs absolute, which are relative to where the document was fetched
 * (OpenAPI 3.0.3, Server Object); of a file, nothing can be said.
 */
export function resolveServers(document: MutableObject, address: URL | undefined): void {
  if (address === undefined || address.protocol === 'file:') return;
  const { paths, servers } = document;
  resolveList(servers ?? (document['servers'] = [{ url: '/' }]), address);
  for (const pathItem of Object.values(isObject(paths) ? paths : {})) {
    if (!isObject(pathItem)) continue;
    resolveList(pathItem['servers'], address);
    for (const operation of Object.values(pathItem)) {
      if (isObject(operation)) resolveList(operation['servers'], address);
    }
  }
}

function resolveList(servers: unknown, address: URL): void {
  if (!Array.isArray(servers)) return;
  for (const server of servers) {
    if (!isObject(server) || typeof server['url'] !== 'string') continue;
    const { url } = server;
    // A variable may stand for the scheme or the host.
    if (/^[a-z][a-z\d+.-]*:|^\{/i.test(url) || !URL.canParse(url, address)) continue;
    server['url'] = decodeBraces(new URL(url, address).href).replace(/\/$/, '');
  }
}

/** `{name}` stands for a variable, which URL would encode. */
function decodeBraces(url: string): string {
  return url.replaceAll(/%7B/gi, '{').replaceAll(/%7D/gi, '}');
}
