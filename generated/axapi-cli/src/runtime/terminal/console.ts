import type { Readable, Writable } from 'node:stream';
import { printable } from './printable.js';

/** The world around a command. */
export interface Console {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The console of this process. A reader that goes away, as `head` does, is not a fault. */
export function processConsole(): Console {
  const { stdin, stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return { stdin, stdout, stderr, env };
}

/** Writes a line for people. */
export function say({ stderr }: Console, text: string): void {
  stderr.write(`${printable(text)}\n`);
}

/** Writes a line for people, and waits while their terminal is slow: there may be a million of them. */
export async function tell({ stderr }: Console, text: string): Promise<void> {
  if (stderr.destroyed || !stderr.writable) return;
  if (stderr.write(`${printable(text)}\n`)) return;
  await new Promise<void>((resolve) => {
    stderr.write('', () => resolve());
  });
}

/** Whether what is written still has a reader. */
export function isOpen({ stdout }: Console): boolean {
  return !stdout.destroyed && stdout.writable;
}

/** Writes data, and waits while its reader is slow. */
export async function emit({ stdout }: Console, data: string | Uint8Array): Promise<void> {
  if (stdout.destroyed || !stdout.writable) return;
  await new Promise<void>((resolve) => {
    stdout.write(data, () => resolve());
  });
}
