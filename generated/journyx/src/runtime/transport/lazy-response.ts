// @ts-nocheck
export type Bytes = Uint8Array<ArrayBuffer>;
export type ByteStream = ReadableStream<Bytes>;

/** What a response is besides its body. */
export type ResponseFacts = Pick<
  Response,
  'headers' | 'ok' | 'redirected' | 'status' | 'statusText' | 'type' | 'url'
>;

/**
 * The platform's class without its constructor, which would make headers and a body that nobody reads. Nothing
 * of the platform works on what it has made: whoever extends it brings every member. Node.js loads its `fetch`
 * when `Response` is first named, which takes longer than importing a client: so not before the first answer.
 */
function UnmadeResponse(): void {
  const own: object = UnmadeResponse.prototype;
  if (!(own instanceof Response)) Object.setPrototypeOf(own, Response.prototype);
}
const Unmade: new () => Response = UnmadeResponse as never;

/**
 * A response of facts and of a body that is read only as somebody asks for it: a stream costs more than a
 * small body. The constructor of the platform takes neither a status above 599 nor a reason phrase
 * beyond Latin-1, both of which servers send and `fetch` lets through.
 */
export abstract class LazyResponse extends Unmade {
  readonly #facts: ResponseFacts;
  #body: ByteStream | null | undefined;
  #kept: Promise<Bytes> | undefined;
  #isRead = false;

  constructor(facts: ResponseFacts) {
    super();
    this.#facts = facts;
  }

  /** Reads the body in one piece. */
  protected abstract whole(): Promise<Bytes>;

  /** Reads the body in one piece, as text. */
  protected async wholeText(): Promise<string> {
    return new TextDecoder().decode(await this.whole());
  }

  /** Gives the body as a stream, which is asked for once. */
  protected abstract stream(): ByteStream | null;

  override get headers(): Headers {
    return this.#facts.headers;
  }

  override get ok(): boolean {
    return this.#facts.ok;
  }

  override get redirected(): boolean {
    return this.#facts.redirected;
  }

  override get status(): number {
    return this.#facts.status;
  }

  override get statusText(): string {
    return this.#facts.statusText;
  }

  override get type(): ResponseType {
    return this.#facts.type;
  }

  override get url(): string {
    return this.#facts.url;
  }

  override get body(): ByteStream | null {
    if (this.#body === undefined) this.#body = this.#kept ? streamOf(this.#kept) : this.stream();
    return this.#body;
  }

  override get bodyUsed(): boolean {
    return this.#isRead || !!this.#body?.locked;
  }

  /** The body's bytes, also where its stream or a copy was asked for before. */
  override async bytes(): Promise<Bytes> {
    this.#mustBeUnread();
    this.#isRead = true;
    return this.#rest();
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  override async text(): Promise<string> {
    if (this.#kept || this.#body) return new TextDecoder().decode(await this.bytes());
    this.#mustBeUnread();
    this.#isRead = true;
    return this.wholeText();
  }

  override async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  override async blob(): Promise<Blob> {
    return new Blob([await this.bytes()], { type: this.headers.get('Content-Type') ?? '' });
  }

  override async formData(): Promise<FormData> {
    return new Response(await this.blob()).formData();
  }

  override clone(): Response {
    this.#mustBeUnread();
    const kept = this.#rest();
    // Whoever reads it is told.
    kept.catch(() => {});
    this.#kept = kept;
    this.#body = undefined;
    return new Copy(this, kept);
  }

  #mustBeUnread(): void {
    if (this.bodyUsed) throw new TypeError('the body was read before');
  }

  #rest(): Promise<Bytes> {
    return this.#kept ?? (this.#body ? collected(this.#body) : this.whole());
  }
}

/** The same answer with the same body, once more. */
class Copy extends LazyResponse {
  readonly #bytes: Promise<Bytes>;

  constructor(facts: ResponseFacts, bytes: Promise<Bytes>) {
    super(facts);
    this.#bytes = bytes;
  }

  protected override async whole(): Promise<Bytes> {
    return (await this.#bytes).slice();
  }

  protected override stream(): ByteStream {
    return streamOf(this.whole());
  }
}

function streamOf(bytes: Promise<Bytes>): ByteStream {
  return new ReadableStream<Bytes>({
    async pull(sink) {
      sink.enqueue(await bytes);
      sink.close();
    },
  });
}

async function collected(body: ByteStream): Promise<Bytes> {
  return new Uint8Array(await new Response(body).arrayBuffer());
}
