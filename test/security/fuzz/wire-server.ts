import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { bytesOf, type HostileWire } from './wires.ts';
import { key } from './watch.ts';

/** A server on this machine that answers with bytes, and another one to which nobody should go. */
export interface WireServer {
  /** Of the clients. */
  readonly baseUrl: string;
  readonly faults: readonly string[];
  readonly close: () => void;
}

/** Answers in turn, from the first again after the last; ends with the case. */
export async function wireServer(wires: readonly HostileWire[]): Promise<WireServer> {
  const faults: string[] = [];
  const sockets = new Set<Socket>();
  let turn = 0;
  const evil = await listening(sockets, (socket) => {
    socket.on('data', (bytes) => {
      if (decoded(String(bytes)).includes(key)) faults.push('the key goes to another server');
      socket.end(
        'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n[]',
      );
    });
  });
  const home = await listening(sockets, (socket) => {
    let received = '';
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
      for (let end = endOf(received); end !== undefined; end = endOf(received)) {
        received = received.slice(end);
        const wire = wires[turn++ % wires.length];
        if (wire) write(socket, wire, { home: portOf(home), evil: portOf(evil) });
      }
    });
  });
  return {
    baseUrl: `http://127.0.0.1:${portOf(home)}/api/v1`,
    faults,
    close: () => {
      for (const socket of sockets) socket.destroy();
      home.close();
      evil.close();
    },
  };
}

async function listening(sockets: Set<Socket>, take: (socket: Socket) => void): Promise<Server> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that goes away is none of its errors.
    socket.on('error', () => {});
    take(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function portOf(server: Server): number {
  // A server that listens on a port has such an address.
  return (server.address() as AddressInfo).port;
}

/** Where the first request ends. */
function endOf(received: string): number | undefined {
  const head = received.indexOf('\r\n\r\n');
  if (head === -1) return undefined;
  const length = /^content-length: (\d+)/im.exec(received.slice(0, head))?.[1] ?? '0';
  const end = head + 4 + Number(length);
  return received.length >= end ? end : undefined;
}

function write(
  socket: Socket,
  wire: HostileWire,
  { home, evil }: { readonly home: number; readonly evil: number },
): void {
  const bytes = Buffer.from(
    bytesOf(wire)
      .replaceAll('{home}', `127.0.0.1:${home}`)
      .replaceAll('{evil}', `127.0.0.1:${evil}`)
      .replaceAll('{port}', `${evil}`),
    'latin1',
  );
  // No more than a few pieces, so that a byte at a time costs little.
  const first = Math.min(wire.piece * 20, bytes.length);
  for (let at = 0; at < first; at += wire.piece) socket.write(bytes.subarray(at, at + wire.piece));
  if (first < bytes.length)
    socket.write(bytes.subarray(Math.ceil(first / wire.piece) * wire.piece));
  if (wire.ending === 'end' || wire.framing === 'close') socket.end();
  if (wire.ending === 'reset') socket.resetAndDestroy();
}

function decoded(text: string): string {
  return text.replace(/(%[0-7][0-9a-f])+/gi, (part) => decodeURIComponent(part));
}
