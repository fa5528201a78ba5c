import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { markdownTable } from './markdown-table.mjs';
import { rowsOf } from './parts.mjs';
import { median } from './median.mjs';

/** @import { Part } from './parts.mjs' */

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Measures this checkout and a revision in turns; gives a table with the medians of both.
 * @param {string} revision
 * @param {readonly Part[]} parts
 * @param {number} rounds
 */
export function comparison(revision, parts, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'batchwright-compare-'));
  const other = join(folder, 'checkout');
  const git = (/** @type {readonly string[]} */ args) =>
    execFileSync('git', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  git(['worktree', 'add', '--quiet', '--detach', other, revision]);
  try {
    symlinkSync(join(root, 'node_modules'), join(other, 'node_modules'));
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: other, stdio: 'inherit' });
    const rows = parts.flatMap((part) => compared(part, other, rounds));
    return markdownTable(['what', revision, 'this checkout', 'ratio'], rows);
  } finally {
    git(['worktree', 'remove', '--force', other]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {Part} part
 * @param {string} other
 * @param {number} rounds
 */
function compared(part, other, rounds) {
  /** @type {Map<string, [number[], number[]]>} */
  const found = new Map();
  for (let round = 0; round < rounds; round += 1) {
    for (const side of round % 2 === 0 ? [0, 1] : [1, 0]) {
      for (const { what, value } of rowsOf(part, 1, side === 0 ? other : root)) {
        const sides = found.get(what) ?? [[], []];
        sides[side]?.push(Number(value));
        found.set(what, sides);
      }
    }
  }
  return [...found].map(([what, sides]) => {
    const [before = Number.NaN, after = Number.NaN] = sides.map(median);
    return [`${part.name}: ${what}`, `${before}`, `${after}`, (after / before).toFixed(2)];
  });
}
