import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plural } from '../diagnostics/format.ts';
import { printable } from '../diagnostics/printable.ts';
import { isSystemError, systemReason } from '../diagnostics/system-error.ts';
import { standardTemplates } from '../generate.ts';
import { migrate, type MigratedFile, type MigrationSide } from '../migrate/migrate.ts';
import { patchOf } from '../migrate/patch.ts';
import { readDiffSides } from './diff-sides.ts';
import type { MigrateFlags } from './flags.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** `batchwright migrate`. Resolves to the exit code: 1 where something is left to a person. */
export async function migrateCommand(
  patterns: readonly string[],
  { from, to, name, dryRun, ...flags }: MigrateFlags,
  terminal: Terminal,
): Promise<number> {
  if (from === undefined || to === undefined)
    throw new UsageError(
      '`batchwright migrate` needs `--from` and `--to`: the two packages or documents.',
    );
  if (patterns.length === 0)
    throw new UsageError(
      '`batchwright migrate` needs the code that is to change, such as `src/**/*.ts`.',
    );
  const { stdout, stderr, folder } = terminal;
  // Both packages are emitted, as for a proof: a part of the documents would be a part of them.
  const whole = { ...flags, prove: true };
  const sides = await readDiffSides([from, to], whole, ['types'], terminal);
  if (!sides?.old.api || !sides.now.api) return 2;
  const old: MigrationSide = {
    ...sides.old,
    api: sides.old.api,
    dialect: sides.old.dialect,
    name: name ?? sides.old.name,
  };
  const now: MigrationSide = {
    ...sides.now,
    api: sides.now.api,
    dialect: sides.now.dialect,
    name: name ?? sides.now.name,
  };

  const { files, open } = await migrate(old, now, patterns, folder, standardTemplates);
  const changed = files.filter(({ edits }) => edits.length > 0);
  if (dryRun)
    for (const { path, before, edits } of changed) stdout.write(patchOf(path, before, edits));
  else if (!(await save(changed, terminal))) return 2;
  for (const { path, line, message } of open)
    stderr.write(`${printable(path)}:${line}: ${printable(message)}\n`);
  const places = changed.reduce((sum, { edits }) => sum + edits.length, 0);
  const did = dryRun ? 'would change' : 'changed';
  stderr.write(
    `${plural(files.length, 'file')} read; ${did} ${plural(places, 'place')} in ${plural(changed.length, 'file')}; ${plural(open.length, 'place')} left to you.\n`,
  );
  return open.length > 0 ? 1 : 0;
}

async function save(
  files: readonly MigratedFile[],
  { folder, stderr }: Terminal,
): Promise<boolean> {
  for (const { path, after } of files) {
    try {
      await writeFile(join(folder, path), after);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      stderr.write(`${path} cannot be written: ${systemReason(error)}.\n`);
      return false;
    }
  }
  return true;
}
