import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/** A proxy on loopback, and what it was asked for: the host and the headers. */
export interface Tunnel extends Disposable {
  readonly origin: string;
  readonly asked: readonly string[];
}

/** Starts a proxy that answers so; another status than 200 refuses the connection. */
export async function startTunnel(answers = '200 OK'): Promise<Tunnel> {
  const asked: string[] = [];
  const server = createServer();
  server.on('connect', (request: IncomingMessage, socket) => {
    asked.push(`${request.url} ${JSON.stringify(request.headers)}`);
    const [host = '', port = ''] = `${request.url}`.split(':');
    socket.write(`HTTP/1.1 ${answers}\r\n\r\n`);
    if (!answers.startsWith('200')) {
      socket.end();
      return;
    }
    const target = connect(Number(port), host);
    socket.pipe(target).pipe(socket);
    for (const end of [socket, target]) end.on('error', () => {});
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.dispose]: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
