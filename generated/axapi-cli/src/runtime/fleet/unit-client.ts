// @ts-nocheck
import { clientOptions, fetchKey } from '../access/client-options.js';
import { type AccountFlags, readSettings, variableOf } from '../access/settings.js';
import { type Client, createClient } from '../call/client-module.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { Console } from '../terminal/console.js';
import { CommandError } from '../terminal/exit-code.js';
import type { UnitContext } from './client-fleet.js';

/** The client that acts for a unit: a key command finds the unit in its environment, a base URL may name it. */
export async function unitClient(
  api: GeneratedApi,
  flags: AccountFlags,
  console: Console,
  { unit, context }: { readonly unit: string; readonly context: UnitContext },
): Promise<Client> {
  const options = await unitOptions(api, flags, console, unit);
  await fetchKey(options);
  return createClient(api, options, context.fetch);
}

/** The options of the client of a unit. Nothing is asked for a key. */
export async function unitOptions(
  api: GeneratedApi,
  flags: AccountFlags,
  console: Console,
  unit: string,
): Promise<Readonly<Record<string, unknown>>> {
  const settings = await readSettings(api, flags, console);
  const placed = (name: string): string | undefined => {
    const value = settings(name);
    return name === 'baseUrl' && value?.includes('{unit}') ? placeOf(value, unit) : value;
  };
  return clientOptions(api, placed, environmentOf(api, unit));
}

/** A unit comes from who submits: one that is more than a host would lead credentials elsewhere. */
function placeOf(baseUrl: string, unit: string): string {
  if (!/^[a-z\d](?:[a-z\d.-]*[a-z\d])?(?::\d{1,5})?$/i.test(unit))
    throw new CommandError('The unit must be a host, as the base URL has {unit}.');
  return baseUrl.replaceAll('{unit}', () => unit);
}

/** `MERAKI_ORGANIZATION_ID` for a unit that is an organization; where batches have no scope, `AXAPI_UNIT`. */
function environmentOf(api: GeneratedApi, unit: string): Readonly<Record<string, string>> {
  const scope = api.batch?.scope ?? [];
  const [names, values] =
    scope.length > 1
      ? [scope, unit.split('/').map(decodeURIComponent)]
      : [[scope[0] ?? 'unit'], [unit]];
  return Object.fromEntries(
    names.map((name, index) => [variableOf(api, name), values[index] ?? '']),
  );
}
