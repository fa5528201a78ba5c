import { hash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMissing, isSystemError } from '../../diagnostics/system-error.ts';
import type { OnSource } from '../../load/read/read.ts';
import { fileDigest } from '../../write/file-digest.ts';

/** A file that a document was read from: where links lead, and its digest. Neither where it is absent. */
export interface SourceFile {
  readonly url: string;
  readonly path?: string | undefined;
  readonly digest?: string | undefined;
}

/** Takes note of the files that a document is read from. */
export class SourceFiles {
  readonly #files: SourceFile[] = [];
  #known = true;

  readonly add: OnSource = (url, bytes) => {
    const file = url && fileAt(url, bytes);
    if (file) this.#files.push(file);
    else this.#known = false;
  };

  /** Undefined where one of them is not a file, or could not be read although it is there. */
  get list(): readonly SourceFile[] | undefined {
    return this.#known ? this.#files : undefined;
  }
}

/** Whether a file is still what it was. */
export function isSame({ url, ...then }: SourceFile): boolean {
  try {
    const path = realpathSync(fileURLToPath(url));
    return path === then.path && fileDigest(path) === then.digest;
  } catch (error) {
    return isMissing(error) && then.path === undefined;
  }
}

function fileAt(url: URL, bytes: Uint8Array | undefined): SourceFile | undefined {
  if (url.protocol !== 'file:') return undefined;
  try {
    const path = realpathSync(fileURLToPath(url));
    return bytes && { url: url.href, path, digest: hash('sha256', bytes, 'hex') };
  } catch (error) {
    if (!isSystemError(error) && !(error instanceof TypeError)) throw error;
    return isMissing(error) && !bytes ? { url: url.href } : undefined;
  }
}
