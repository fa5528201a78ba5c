// @ts-nocheck
import { CommandError } from '../terminal/exit-code.js';

/** The text of a file in UTF-8, or in UTF-16 where a byte order mark says so. Other bytes are refused. */
export async function* decode(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let line = 1;
  let held = Buffer.alloc(0);
  for await (const chunk of chunks) {
    let bytes = Buffer.from(chunk as Uint8Array);
    if (!decoder) {
      // A mark may come in pieces.
      held = Buffer.concat([held, bytes]);
      if (held.length < 3) continue;
      bytes = held;
      decoder = decoderOf(bytes);
    }
    const text = decoded(decoder, bytes, line, true);
    line += linesIn(text);
    yield text;
  }
  if (!decoder) {
    decoder = decoderOf(held);
    const text = decoded(decoder, held, line, true);
    line += linesIn(text);
    yield text;
  }
  yield decoded(decoder, new Uint8Array(), line, false);
}

/** The lines of a text, without what ends them. JSON may have other line separators within its texts. */
export async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let parts: string[] = [];
  for await (const text of texts) {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      parts.push(text.slice(start, end));
      yield withoutReturn(parts.join(''));
      parts = [];
      start = end + 1;
    }
    if (start < text.length) parts.push(text.slice(start));
  }
  if (parts.length > 0) yield withoutReturn(parts.join(''));
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function decoderOf([first, second]: Uint8Array): TextDecoder {
  const options = { fatal: true };
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', options);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be', options);
  return new TextDecoder('utf-8', options);
}

function decoded(decoder: TextDecoder, bytes: Uint8Array, line: number, stream: boolean): string {
  const text = ((): string => {
    try {
      return decoder.decode(bytes, { stream });
    } catch {
      const [before = ''] = new TextDecoder(decoder.encoding).decode(bytes).split('\uFFFD', 1);
      throw notText(decoder, line + linesIn(before));
    }
  })();
  const nul = text.indexOf('\0');
  if (nul >= 0) throw notText(decoder, line + linesIn(text.slice(0, nul)));
  return text;
}

function notText({ encoding }: TextDecoder, line: number): CommandError {
  return new CommandError(
    `Line ${line} is not text in ${encoding.toUpperCase()}: save the file as UTF-8.`,
  );
}

function linesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
