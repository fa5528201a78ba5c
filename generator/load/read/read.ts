import { createReadStream, readFileSync, type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fetchBytes, shown } from './fetch.ts';
import { maxBytes, ReadError, tooLarge } from './read-error.ts';

/** The bytes of a document and where they came from. */
export interface Source {
  /** For messages: the path or URL as the user wrote it. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What relative references are resolved against; absent for standard input. */
  readonly url?: URL | undefined;
}

/** Takes note of a file, and of what was read from it. */
export type OnSource = (url: URL | undefined, bytes: Uint8Array | undefined) => void;

export interface ReadOptions {
  readonly stdin?: AsyncIterable<Uint8Array> | undefined;
  /** Whether only a plain file will do, not a pipe or a device. */
  readonly regular?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A source as diagnostics name it; undefined for what is neither a path nor a URL. */
export function sourceName(source: string): string | undefined {
  if (source === '-') return 'standard input';
  if (!/^https?:\/\//i.test(source)) return source;
  return URL.canParse(source) ? shown(new URL(source)) : undefined;
}

/**
 * Reads a document from a path, a `file:` or `http(s):` URL, or standard input (`-`).
 * @throws {ReadError} where there is nothing to read, or too much.
 */
export async function read(source: string, options: ReadOptions = {}): Promise<Source> {
  if (source === '-') return readStdin(options);
  if (/^https?:\/\//i.test(source)) return readUrl(source, options);
  if (/^file:/i.test(source)) return readFile(source, filePath(source), options);
  return readFile(source, resolve(source), options);
}

async function readStdin({ stdin = process.stdin, signal }: ReadOptions): Promise<Source> {
  return { name: 'standard input', bytes: await collect(stdin, 'standard input', signal) };
}

async function readUrl(source: string, { signal }: ReadOptions): Promise<Source> {
  if (!URL.canParse(source)) {
    throw new ReadError('load/not-found', `${source} is not a valid URL.`);
  }
  const { bytes, url } = await fetchBytes(new URL(source), { signal });
  return { name: shown(url), bytes, url };
}

async function readFile(
  name: string,
  path: string,
  { signal, regular }: ReadOptions,
): Promise<Source> {
  signal?.throwIfAborted();
  const status = statusOf(path, name);
  if (status.isDirectory()) {
    throw new ReadError(
      'load/not-found',
      `${name} is a folder, not a file.`,
      'Name the OpenAPI document itself, for example `openapi.yaml` in that folder.',
    );
  }
  if (regular === true && !status.isFile()) {
    throw new ReadError('load/unreadable', `${name} is not a plain file.`);
  }
  if (status.size > maxBytes) throw tooLarge(name);
  // A pipe or a device says no size, so that it is read piece by piece.
  const bytes = status.isFile()
    ? readWhole(path, name)
    : await collect(createReadStream(path), name, signal);
  return { name, bytes, url: pathToFileURL(path) };
}

function statusOf(path: string, name: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw unreadable(name, error);
  }
}

/** Synchronous: most files are small, and what Node.js needs to read one in turns takes time to load. */
function readWhole(path: string, name: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw unreadable(name, error);
  }
}

function filePath(source: string): string {
  try {
    return fileURLToPath(source);
  } catch (error) {
    throw new ReadError(
      'load/not-found',
      `${source} names no file of this machine.`,
      'Write a file URL as file:///path/to/openapi.yaml, or give a plain path.',
      { cause: error },
    );
  }
}

/** Stops reading at the size limit, so that an endless stream ends too. */
async function collect(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      size += chunk.byteLength;
      if (size > maxBytes) throw tooLarge(name);
      parts.push(chunk);
    }
  } catch (error) {
    if (error instanceof ReadError || signal?.aborted === true) throw error;
    throw unreadable(name, error);
  }
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts, size);
}

function unreadable(name: string, error: unknown): ReadError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new ReadError(
      'load/not-found',
      `There is no file ${name}.`,
      'Check the path; a relative one starts from the folder of the configuration, or from the working directory on the command line.',
      { cause: error },
    );
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new ReadError(
      'load/unreadable',
      `${name} may not be read by this user.`,
      'Check the permissions of the file.',
      { cause: error },
    );
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new ReadError('load/unreadable', `${name} cannot be read: ${reason}.`, undefined, {
    cause: error,
  });
}
