import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server on this machine for the time of one test; gives its origin. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return originOf(server);
}

export function originOf(server: Server): string {
  // It listens on a port, so that its address is no path.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
