import { isAscii } from 'node:buffer';

/**
 * The text of a document: UTF-8 or UTF-16, as its byte-order mark or else its first two bytes say
 * (YAML 1.2.2, section 5.2). A byte-order mark is dropped; bytes that form no character read as U+FFFD.
 */
export function decode(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  if (encoding !== 'utf-8') return new TextDecoder(encoding).decode(bytes);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Several times faster than a decoder; and ASCII, as most documents are, in no time.
  const text = buffer.toString(isAscii(buffer) ? 'latin1' : 'utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function encodingOf([first, second]: Uint8Array): string {
  if (second === undefined) return 'utf-8';
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}
