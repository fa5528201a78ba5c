// @ts-nocheck
import type { AccountFlags, Settings } from '../access/settings.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import { CommandError } from '../terminal/exit-code.js';
import type { Account } from './plan-store.js';

/** Whose account the settings mean. */
export function accountOf(api: GeneratedApi, flags: AccountFlags, settings: Settings): Account {
  const variables = api.variables.map((name) => `${name}=${settings(name) ?? ''}`);
  return {
    bin: api.bin,
    profile: flags.profile ?? settings('profile') ?? 'default',
    baseUrl: [settings('baseUrl') ?? api.baseUrl ?? '', ...variables].join(' '),
  };
}

/** Refuses a plan of another account. */
export function checkAccount(own: Account, plan: Account): void {
  if (own.profile === plan.profile && own.baseUrl === plan.baseUrl) return;
  throw new CommandError(
    `This plan is for the profile ${plan.profile} at ${plan.baseUrl}, and not for ${own.profile} at ${own.baseUrl}.`,
  );
}
