import { spawnSync } from 'node:child_process';

/** A Node of 22.12 or newer, which `pg-boss` and MSW need: this one, or one from npm; undefined where there is none. */
export const modernNode: string | undefined = isModern(process.version)
  ? process.execPath
  : nodeFromNpm();

function nodeFromNpm(): string | undefined {
  const script = 'process.execPath';
  const { status, stdout } = spawnSync('npx', ['-y', '-p', 'node@24', 'node', '-p', script], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : undefined;
}

function isModern(version: string): boolean {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 12);
}
