import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, brotliDecompress, constants } from 'node:zlib';
import { maxBytes } from '../load/read/read-error.ts';

/** More than that is not committed. */
const mostBytes = 12 * 1024 * 1024;
const longest = 128 * 1024 * 1024;

/** What is shorter takes less time than its way to a thread and back. */
const worthAThread = 256 * 1024;

/**
 * A text, small enough to be committed: a document of 4 MB takes 177 kB. Empty where it is too long. Its thread
 * starts before this returns: who prints meanwhile leaves it no other turn to start in.
 */
export async function pack(text: Uint8Array): Promise<string> {
  if (text.length > longest) return '';
  const options = {
    params: {
      // From 5 to 9 it takes four times the time, for 6 % of the bytes.
      [constants.BROTLI_PARAM_QUALITY]: 5,
      // 8 MB. With 16 MB, a large document takes twice the time, for 1 % of the bytes.
      [constants.BROTLI_PARAM_LGWIN]: 23,
    },
  };
  const bytes =
    text.length < worthAThread
      ? brotliCompressSync(text, options)
      : await promisify(brotliCompress)(text, options);
  return bytes.length > mostBytes ? '' : bytes.toString('base64');
}

/** What was packed; undefined where it is damaged, or comes to more than a document may have. */
export async function unpack(packed: string): Promise<Uint8Array | undefined> {
  try {
    return await promisify(brotliDecompress)(Buffer.from(packed, 'base64'), {
      maxOutputLength: maxBytes,
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
