import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { modernNode } from '../support/modern-node.ts';

/** What reads and writes SQLite. */
export interface SqliteDriver {
  readonly name: string;
  /** The command that runs a script with this one, and the folder of its packages where it is one. */
  readonly command?: readonly string[];
  readonly packages?: string;
}

/** What Node itself has, and `better-sqlite3`; without a command where this machine has none. */
export const sqliteDrivers: readonly SqliteDriver[] = [
  modernNode
    ? { name: 'node:sqlite', command: [modernNode, '--no-warnings'] }
    : { name: 'node:sqlite (skipped: no Node 22.13)' },
  betterSqlite(),
];

/**
 * It is compiled where it is installed, for minutes: so it is no dependency of the project, and a test takes the one
 * whose `node_modules` the environment names, `npm i --prefix FOLDER better-sqlite3@12`.
 */
function betterSqlite(): SqliteDriver {
  const packages = resolve(process.env['BETTER_SQLITE3_PACKAGES'] ?? 'node_modules');
  const name = 'better-sqlite3';
  const skipped = `${name} (skipped: BETTER_SQLITE3_PACKAGES names no node_modules that has it)`;
  if (!existsSync(join(packages, name))) return { name: skipped };
  const [major = 0] = process.versions.node.split('.').map(Number);
  // A Node that has its own uses that one.
  const flags = major > 20 ? ['--no-experimental-sqlite'] : [];
  const command = [process.execPath, ...flags];
  const args = [...flags, '-e', `require(${JSON.stringify(join(packages, name))})`];
  const { status } = spawnSync(process.execPath, args, { cwd: process.cwd() });
  return status === 0 ? { name, command, packages } : { name: skipped };
}
