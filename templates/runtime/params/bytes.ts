/** Bytes to upload; a `File` brings its name along, and a stream can be sent once only. */
export type Bytes = Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer> | ReadableStream;

export function isBytes(value: unknown): value is Bytes {
  return (
    value instanceof Blob ||
    value instanceof ArrayBuffer ||
    ArrayBuffer.isView(value) ||
    value instanceof ReadableStream
  );
}

/**
 * The media type of a value under what a document declares: the value's own where that fits, else
 * the first declared one that is not a range.
 * @param declared One, or several set apart by commas.
 */
export function mediaTypeOf(value: unknown, declared: string): string {
  const wanted = declared.split(',').map((type) => type.trim());
  const own = value instanceof Blob ? value.type : '';
  if (own && wanted.some((type) => isOf(own, type))) return own;
  return wanted.find((type) => !type.includes('*')) ?? 'application/octet-stream';
}

/** Whether a media type is another, or in a range: `image/*`. Parameters do not count. */
export function isOf(type: string, range: string): boolean {
  const [plain = '', wanted = ''] = [type, range].map((one) => one.split(';')[0]?.toLowerCase());
  return wanted.endsWith('*')
    ? plain.startsWith(wanted.slice(0, -1)) || wanted === '*/*'
    : plain === wanted;
}
