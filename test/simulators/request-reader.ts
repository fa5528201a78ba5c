import type { Socket } from 'node:net';

/** A request as it was on the wire. */
export interface Received {
  /** `GET /things HTTP/1.1` */
  readonly line: string;
  readonly method: string;
  readonly target: string;
  /** By lower-case name; what was sent twice is joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Which of the server's connections carried it, from 1. */
  readonly connection: number;
}

/** Reads HTTP/1.1 requests from a socket, one after the other. */
export class RequestReader {
  #buffer: Buffer = Buffer.alloc(0);
  #ended = false;
  #wake: () => void = () => {};

  constructor(socket: Socket, saw: (chunk: Buffer) => void) {
    socket.on('data', (chunk: Buffer) => {
      saw(chunk);
      this.#buffer = Buffer.concat([this.#buffer, chunk]);
      this.#wake();
    });
    const end = (): void => {
      this.#ended = true;
      this.#wake();
    };
    socket.on('end', end);
    socket.on('close', end);
  }

  /** Waits for the next request's first byte; false where the client closes instead. */
  async arrives(): Promise<boolean> {
    while (this.#buffer.length === 0 && !this.#ended) await this.#more();
    return this.#buffer.length > 0;
  }

  async read(): Promise<Omit<Received, 'connection'>> {
    const head = await this.#until('\r\n\r\n');
    const [line = '', ...fields] = head.split('\r\n');
    const [method = '', target = ''] = line.split(' ');
    const headers: Record<string, string> = {};
    for (const field of fields) {
      const at = field.indexOf(':');
      const name = field.slice(0, at).toLowerCase();
      const value = field.slice(at + 1).trim();
      headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
    }
    const body = /chunked/i.test(headers['transfer-encoding'] ?? '')
      ? await this.#chunks()
      : (await this.#bytes(Number(headers['content-length'] ?? 0))).toString();
    return { line, method, target, headers, body };
  }

  async #chunks(): Promise<string> {
    const chunks: Buffer[] = [];
    for (;;) {
      const size = Number.parseInt(await this.#until('\r\n'), 16);
      if (size > 0) chunks.push(await this.#bytes(size));
      await this.#until('\r\n');
      if (size === 0) return Buffer.concat(chunks).toString();
    }
  }

  async #until(mark: string): Promise<string> {
    for (;;) {
      const at = this.#buffer.indexOf(mark);
      if (at !== -1) return (await this.#bytes(at + mark.length)).toString('latin1', 0, at);
      await this.#more();
    }
  }

  async #bytes(count: number): Promise<Buffer> {
    while (this.#buffer.length < count) await this.#more();
    const bytes = this.#buffer.subarray(0, count);
    this.#buffer = this.#buffer.subarray(count);
    return bytes;
  }

  #more(): Promise<void> {
    if (this.#ended) throw new Error('the client closed the connection');
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
