// @ts-nocheck
import type { Readable, Writable } from 'node:stream';
import { exitCode } from './exit-code.js';
import { printable } from './printable.js';

/** The world around a command. */
export interface Console {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The console of this process. A reader that goes away, as `head` does, is not a fault, and what
 * cannot be said ends no run. Data that cannot be written, to a disk that is full, ends the process.
 */
export function processConsole(): Console {
  const { stdin, stdout, stderr, env } = process;
  stderr.on('error', () => {});
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    stderr.write(`The output cannot be written: ${error.message}\n`);
    process.exit(exitCode.failed);
  });
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

/** Writes data, and waits while its reader is slow. What a terminal shows cannot control it. */
export async function emit({ stdout }: Console, data: string | Uint8Array): Promise<void> {
  if (stdout.destroyed || !stdout.writable) return;
  const shown = stdout.isTTY ? printable(typeof data === 'string' ? data : decode(data)) : data;
  await new Promise<void>((resolve) => {
    stdout.write(shown, () => resolve());
  });
}

function decode(data: Uint8Array): string {
  return new TextDecoder().decode(data);
}
