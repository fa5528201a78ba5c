import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Certificate } from './certificate.ts';
import { type Random, randomOf } from './random.ts';
import { type Received, RequestReader } from './request-reader.ts';

export type { Received } from './request-reader.ts';

/** A connection, when it is an act's turn. */
export interface Connection {
  readonly socket: Socket;
  /** Requests that it carried before; above 0 it is being reused. */
  readonly served: number;
  /** Reads the request to its end and records it. An act that never calls it reads nothing. */
  readonly request: () => Promise<Received>;
  readonly random: Random;
}

/** What the server does with a request, from its first byte on. */
export type Act = (connection: Connection) => void | Promise<void>;

/** A server on this machine that does to HTTP what its script says. */
export interface FaultServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** What arrived whole, in order. */
  readonly requests: readonly Received[];
  /** Everything that arrived, whole or not, as it was on the wire: for scans. */
  readonly wire: string;
  /** Connections so far. */
  readonly connections: number;
  /** Connections that are open now and have carried something; some clients keep a spare one. */
  readonly open: number;
}

export interface FaultServerOptions {
  /** The acts in turn, the last one for ever; or what to do the `number`th time, from 1. */
  readonly script: readonly Act[] | ((number: number) => Act);
  /** Of what acts do at random. Default 1. */
  readonly seed?: number | undefined;
  /** Speaks TLS. */
  readonly certificate?: Certificate | undefined;
}

export async function faultServer({
  script,
  seed = 1,
  certificate,
}: FaultServerOptions): Promise<FaultServer> {
  const random = randomOf(seed);
  const requests: Received[] = [];
  const wire: Buffer[] = [];
  const sockets = new Set<Socket>();
  const carrying = new Set<Socket>();
  let connections = 0;
  let turns = 0;

  const take = (): Act => {
    turns += 1;
    const act =
      typeof script === 'function' ? script(turns) : script[Math.min(turns, script.length) - 1];
    if (!act) throw new Error('the script is empty');
    return act;
  };

  const converse = async (socket: Socket): Promise<void> => {
    const reader = new RequestReader(socket, (chunk) => {
      wire.push(chunk);
      carrying.add(socket);
    });
    const connection = connections;
    const request = async (): Promise<Received> => {
      const received = { ...(await reader.read()), connection };
      requests.push(received);
      return received;
    };
    // Not before something is sent: some clients open connections to have them ready.
    for (let served = 0; await reader.arrives(); served += 1) {
      await take()({ socket, served, request, random });
      if (socket.destroyed || socket.writableEnded) return;
    }
  };

  const accept = (socket: Socket): void => {
    socket.setNoDelay(true);
    // A client that leaves in the middle is what some tests are about.
    socket.on('error', () => {});
    socket.on('close', () => carrying.delete(socket));
    converse(socket).catch((error: unknown) => {
      if (!socket.destroyed) socket.destroy(Object(error));
    });
  };

  const server: Server = certificate ? createTlsServer(certificate, accept) : createServer(accept);
  server.prependListener('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    origin: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    get wire() {
      return Buffer.concat(wire).toString('latin1');
    },
    get connections() {
      return connections;
    },
    get open() {
      return carrying.size;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** An origin on which nobody listens. */
export async function refusingOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
