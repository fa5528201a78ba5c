import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on 127.0.0.1 that stands for one of another name. */
export interface Wire extends AsyncDisposable {
  /** A `fetch` whose requests go over the wire; what comes there is answered by the function. */
  fetch(answer: (request: Request) => Promise<Response>): typeof globalThis.fetch;
}

/** Opens the wire to `https://api.example.com`. */
export async function openWire(): Promise<Wire> {
  let current: (request: Request) => Promise<Response> = async () =>
    new Response(null, { status: 503 });
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer); // Nothing decodes it.
    const { method = '', url = '', headers } = incoming;
    const request = new Request(new URL(url, 'https://api.example.com'), {
      method,
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, `${value}`]),
      body: chunks.length > 0 ? Buffer.concat(chunks) : null,
    });
    const response = await current(request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port.
  return {
    fetch(answer) {
      current = answer;
      return (input, init) => {
        const { pathname, search } = new URL(`${input}`);
        return fetch(`http://127.0.0.1:${port}${pathname}${search}`, init);
      };
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
