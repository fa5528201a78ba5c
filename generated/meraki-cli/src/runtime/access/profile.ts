// @ts-nocheck
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { Console } from '../terminal/console.js';
import { CommandError } from '../terminal/exit-code.js';
import { readPrivate } from './private-file.js';

/** What a user keeps for an account: where it lives, its credentials, values that every command needs. */
export type Profile = Readonly<Record<string, string>>;

/** The folder of a program's settings. */
function configFolder({ env }: Console, bin: string): string {
  if (process.platform === 'win32') return join(env['APPDATA'] ?? homedir(), bin);
  return join(env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), bin);
}

/**
 * The profile with a name from `config.json`, `{ "profiles": { "default": { … } } }`; the one named
 * `default` need not exist. A file that others can read is refused.
 */
export async function readProfile(
  { bin }: GeneratedApi,
  named: string | undefined,
  console: Console,
): Promise<Profile> {
  const file = join(configFolder(console, bin), 'config.json');
  const text = await readPrivate(file);
  const profiles = text === undefined ? {} : profilesOf(text, file);
  const name = named ?? 'default';
  const found = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (found === undefined && named !== undefined)
    throw new CommandError(`There is no profile ${name} in ${file}.`);
  return found ?? {};
}

function profilesOf(text: string, file: string): Readonly<Record<string, Profile>> {
  // A parser's message would show what the file holds.
  const refuse = (): never => {
    throw new CommandError(
      `${file} must be JSON: { "profiles": { "default": { "name": "text" } } }.`,
    );
  };
  try {
    const { profiles }: { profiles?: unknown } = JSON.parse(text);
    const isFine =
      isRecord(profiles) &&
      Object.values(profiles).every(
        (profile) =>
          isRecord(profile) && Object.values(profile).every((value) => typeof value === 'string'),
      );
    // Just checked.
    return isFine ? (profiles as Readonly<Record<string, Profile>>) : refuse();
  } catch (error) {
    if (error instanceof CommandError) throw error;
    return refuse();
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
