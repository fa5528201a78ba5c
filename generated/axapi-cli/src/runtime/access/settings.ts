// @ts-nocheck
import type { GeneratedApi } from '../operations/generated-api.js';
import type { Console } from '../terminal/console.js';
import { type Profile, readProfile } from './profile.js';

/** The options that say which account is meant. */
export interface AccountFlags {
  readonly profile?: string;
  readonly baseUrl?: string;
  readonly keyCommand?: string;
}

/** Looks a setting up by its name, `apiKey`: an option, then the environment, then the profile. */
export type Settings = (name: string) => string | undefined;

/** `MERAKI_API_KEY` for `apiKey`. */
export function variableOf({ bin }: GeneratedApi, name: string): string {
  return `${bin}_${name}`
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
}

/** The settings of a command. */
export async function readSettings(
  api: GeneratedApi,
  { profile, baseUrl, keyCommand }: AccountFlags,
  console: Console,
): Promise<Settings> {
  const fromEnvironment = (name: string): string | undefined =>
    console.env[variableOf(api, name)] || undefined;
  const chosen = profile ?? fromEnvironment('profile');
  const kept: Profile = await readProfile(api, chosen, console);
  const given: Profile = {
    ...(baseUrl !== undefined && { baseUrl }),
    ...(keyCommand !== undefined && { keyCommand }),
  };
  return (name) => own(given, name) ?? fromEnvironment(name) ?? own(kept, name);
}

function own(profile: Profile, name: string): string | undefined {
  return Object.hasOwn(profile, name) ? profile[name] : undefined;
}
