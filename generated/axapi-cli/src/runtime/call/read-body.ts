// @ts-nocheck
import { readFile } from 'node:fs/promises';
import type { Console } from '../terminal/console.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';

/** The body that `--body` names: `@file`, `-` for standard input, or the text itself. */
export async function readBody(
  given: string,
  encoding: string,
  console: Console,
): Promise<unknown> {
  const bytes = await bytesOf(given, console);
  if (encoding === 'binary') return new Blob([new Uint8Array(bytes)]);
  const text = new TextDecoder().decode(bytes).replace(/^\uFEFF/, '');
  if (encoding === 'text') return text;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CommandError(
      `The body is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

async function bytesOf(given: string, console: Console): Promise<Uint8Array> {
  if (given === '-') return readAll(console.stdin);
  if (!given.startsWith('@')) return new TextEncoder().encode(given);
  return readFileOf(given.slice(1));
}

/** What a file that the user names holds. */
export async function readFileOf(path: string): Promise<Uint8Array> {
  return readFile(path).catch((error: unknown) => {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new CommandError(`${path} cannot be read${reason}.`, exitCode.failed);
  });
}

async function readAll(stream: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}
