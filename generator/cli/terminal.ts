import { styleText } from 'node:util';
import type { ImportModule } from '../config/import.ts';
import type { Paint } from '../diagnostics/format.ts';

/** Where a command finds itself. */
export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  /** The working directory. */
  readonly folder: string;
  /** Asks the person at the terminal; absent where there is none. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  /** How a module of the user's is imported, where the command's own code cannot. */
  readonly importModule?: ImportModule | undefined;
  /** How a module of batchwright's that is no part of the bundle is loaded, by its path. */
  readonly requireFile?: ((file: string) => unknown) | undefined;
}

export interface Output {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
  /** Present on terminals; respects `NO_COLOR`, `FORCE_COLOR` and `TERM`. */
  hasColors?(): boolean;
}

/** Colours for what goes to `output`, or none where it is not a terminal or asks for none. */
export function paintFor(output: Output): Paint {
  if (!output.isTTY || !output.hasColors?.()) return (_style, text) => text;
  return (style, text) => styleText(style, text, { validateStream: false });
}
