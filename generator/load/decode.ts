/**
 * The text of a document: UTF-8, or UTF-16 as its byte-order mark or its first characters say
 * (YAML 1.2, section 5.2; RFC 4627, section 3). A byte-order mark is dropped.
 * @throws {TypeError} where the bytes are no text in that encoding.
 */
export function decode(bytes: Uint8Array): string {
  const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  return text;
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first !== 0 && second === 0) return 'utf-16le';
  if (first === 0 && second !== 0 && second !== undefined) return 'utf-16be';
  return 'utf-8';
}
