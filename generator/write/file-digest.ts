import { createHash, hash } from 'node:crypto';
import { closeSync, constants, openSync, readSync } from 'node:fs';

const { O_RDONLY } = constants;
const pieceLength = 64 * 1024;
let piece: Buffer | undefined;

/**
 * The SHA-256 of a file. All files go through the same small memory, since a process takes longer to touch new
 * memory than to hash what it reads into it.
 */
export function fileDigest(path: string, flags: number = O_RDONLY): string {
  piece ??= Buffer.allocUnsafeSlow(pieceLength);
  const file = openSync(path, flags);
  try {
    let length = readSync(file, piece, 0, pieceLength, null);
    // Most files: a hash of many parts takes as long to set up as the rest does.
    if (length < pieceLength) return hash('sha256', piece.subarray(0, length), 'hex');
    const sum = createHash('sha256');
    while (length > 0) {
      sum.update(piece.subarray(0, length));
      length = readSync(file, piece, 0, pieceLength, null);
    }
    return sum.digest('hex');
  } finally {
    closeSync(file);
  }
}
