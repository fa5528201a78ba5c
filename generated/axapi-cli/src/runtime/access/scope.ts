// @ts-nocheck
import type { Command } from 'commander';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { Console } from '../terminal/console.js';
import { CommandError } from '../terminal/exit-code.js';
import { type AccountFlags, readSettings, variableOf } from './settings.js';

/** Adds an option for each part of what batches belong to. */
export function addScopeOptions(
  command: Command,
  api: GeneratedApi,
  scope: readonly string[],
): void {
  for (const name of scope)
    command.option(`--${name} <value>`, `what the batches belong to; or ${variableOf(api, name)}`);
}

/** What batches belong to, as options, the environment or the profile say. */
export async function scopeOf(
  api: GeneratedApi,
  names: readonly string[],
  flags: AccountFlags & Readonly<Record<string, unknown>>,
  console: Console,
): Promise<Readonly<Record<string, string>>> {
  const settings = await readSettings(api, flags, console);
  const entries = names.map((name) => {
    const given = flags[name];
    const value = typeof given === 'string' ? given : settings(name);
    if (value === undefined)
      throw new CommandError(`--${name} is missing; ${variableOf(api, name)} sets it too.`);
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}
