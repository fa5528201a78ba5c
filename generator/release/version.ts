import type { Advice } from '../diff/advice.ts';

/** A version as semver.org has it, without what stands behind `+`. */
interface Version {
  readonly numbers: readonly [major: number, minor: number, patch: number];
  readonly pre: readonly string[];
}

/** What npm takes for a version; undefined for anything else. */
export function parseVersion(text: string): Version | undefined {
  const found = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z.-]+))?$/.exec(text);
  if (!found) return undefined;
  const [, major, minor, patch, pre] = found;
  return { numbers: [Number(major), Number(minor), Number(patch)], pre: pre?.split('.') ?? [] };
}

/**
 * The version after one with some changes. Before 1.0.0 what breaks raises the second number, and
 * all else the third, as npm's `^` reads them. After a pre-release its own number comes, where the
 * changes ask for no more than that.
 */
export function raise(version: string, advice: Exclude<Advice, 'none'>): string {
  const { numbers, pre } = parseVersion(version) ?? { numbers: [0, 0, 0], pre: [] };
  const [major, minor, patch] = numbers;
  const part = major > 0 ? advice : advice === 'major' ? 'minor' : 'patch';
  const isOpen = pre.length > 0;
  switch (part) {
    case 'major':
      return isOpen && minor === 0 && patch === 0 ? `${major}.0.0` : `${major + 1}.0.0`;
    case 'minor':
      return isOpen && patch === 0 ? `${major}.${minor}.0` : `${major}.${minor + 1}.0`;
    case 'patch':
      return isOpen ? `${major}.${minor}.${patch}` : `${major}.${minor}.${patch + 1}`;
  }
}

/** Whether one version is above another (semver.org, 11). */
export function isAbove(one: string, other: string): boolean {
  const a = parseVersion(one);
  const b = parseVersion(other);
  if (!a || !b) return false;
  for (const [index, number] of a.numbers.entries()) {
    const difference = number - (b.numbers[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return comparePre(a.pre, b.pre) > 0;
}

function comparePre(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (const [index, one] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (one === other) continue;
    const [x, y] = [one, other].map((each) => (/^\d+$/.test(each) ? Number(each) : undefined));
    if (x !== undefined && y !== undefined) return x - y;
    if (x !== undefined || y !== undefined) return x === undefined ? 1 : -1;
    return one > other ? 1 : -1;
  }
  return a.length - b.length;
}
