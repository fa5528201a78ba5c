import type { Bytes } from './bytes.js';

type Piece = string | Bytes;

/** Pieces one after the other: a `Blob`, or a stream where one of them can be read once only. */
export function concatenated(pieces: readonly Piece[]): Blob | ReadableStream<Uint8Array> {
  const plain = pieces.filter((piece) => !(piece instanceof ReadableStream));
  if (plain.length === pieces.length) return new Blob(plain as BlobPart[]);
  const chunks = chunksOf(pieces);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel(reason) {
      await chunks.throw(reason);
    },
  });
}

async function* chunksOf(pieces: readonly Piece[]): AsyncGenerator<Uint8Array, void, void> {
  for (const piece of pieces) {
    const reader = new Response(piece).body?.getReader();
    if (!reader) continue;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        yield value;
      }
    } finally {
      await reader.cancel();
    }
  }
}
