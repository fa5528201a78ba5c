import { spawn } from 'node:child_process';
import { connect, type Socket } from 'node:net';

/** Listens, and accepts nobody: its event loop stands still. It ends by itself after a minute. */
const LISTENER = `
const server = require('node:net').createServer();
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  require('node:fs').writeSync(1, server.address().port + '\\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
  process.exit();
});
`;
/** Within this time (milliseconds) a connection on this machine comes about, if ever. */
const PATIENCE = 250;

/** An origin whose queue of connections is full: whoever connects waits for ever. */
export async function fullBacklog(): Promise<AsyncDisposable & { readonly origin: string }> {
  const listener = spawn(process.execPath, ['-e', LISTENER], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve) =>
    listener.stdout.once('data', (text) => resolve(Number(text))),
  );
  const queue: Socket[] = [];
  let connected = true;
  while (connected) {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    queue.push(socket);
    connected = await new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), PATIENCE);
      socket.once('connect', () => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of queue) socket.destroy();
      listener.kill('SIGKILL');
    },
  };
}
