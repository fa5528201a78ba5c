// @ts-nocheck
import { exec } from 'node:child_process';
import type { CredentialOption, GeneratedApi } from '../operations/generated-api.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import { type Settings, variableOf } from './settings.js';

/** What the client is made with; credentials are functions or texts that it masks in errors. */
export type ClientOptions = Readonly<Record<string, unknown>>;

/** What a key command finds in its environment, besides that of this process. */
type Environment = Readonly<Record<string, string>>;

/** A function that gives a key. */
type GiveKey = () => Promise<string>;

const KEY_COMMAND_MS = 60_000;

/** The options of the client: where the API lives, who asks, and with what credentials. */
export function clientOptions(
  api: GeneratedApi,
  settings: Settings,
  environment: Environment = {},
): ClientOptions {
  const keyCommand = settings('keyCommand');
  const giveKey =
    keyCommand === undefined ? undefined : once(() => runKeyCommand(keyCommand, environment));
  const credentials = api.credentials.flatMap((option, index) => {
    const value = credentialOf(option, settings, index === 0 ? giveKey : undefined);
    return value === undefined ? [] : [[option.option, value] as const];
  });
  const missing = api.credentials.find(
    ({ option, required }) => required && !credentials.some(([name]) => name === option),
  );
  if (missing) throw new CommandError(missingText(api, missing), exitCode.authentication);
  return { ...placeOf(api, settings), ...Object.fromEntries(credentials) };
}

/** Asks for a key before anything begins: a command that fails is no reason for rows to fail. */
export async function fetchKey(options: ClientOptions): Promise<void> {
  for (const value of Object.values(options)) {
    const key =
      typeof value === 'object' && value !== null && 'password' in value ? value.password : value;
    if (typeof key === 'function') await key();
  }
}

/** The same without credentials, for a request that is only shown. */
export function optionsWithoutCredentials(api: GeneratedApi, settings: Settings): ClientOptions {
  const shown = api.credentials
    .filter(({ required }) => required)
    .map(({ option, kind }) => [option, kind === 'basic' ? { user: '-', password: '-' } : '-']);
  return { ...placeOf(api, settings), ...Object.fromEntries(shown) };
}

/** What a client needs that sends nothing. */
export function offlineOptions(api: GeneratedApi): ClientOptions {
  const settings: Settings = (name) =>
    name === 'baseUrl' && api.baseUrl === undefined ? 'http://localhost' : undefined;
  return optionsWithoutCredentials(api, settings);
}

function placeOf(api: GeneratedApi, settings: Settings): ClientOptions {
  const baseUrl = settings('baseUrl');
  if (baseUrl === undefined && api.baseUrl === undefined)
    throw new CommandError(
      `Where does the API live? Set ${variableOf(api, 'baseUrl')}, or give --base-url.`,
    );
  if (baseUrl !== undefined && !/^https?:\/\/[^@?#]+$/i.test(baseUrl))
    throw new CommandError('The base URL must be a URL such as https://api.example.com/v1.');
  const variables = api.variables.flatMap((name) => {
    const value = settings(name);
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...(baseUrl !== undefined && { baseUrl }),
    ...Object.fromEntries(variables),
    userAgent: settings('userAgent') ?? 'BatchwrightCli/1.0 Batchwright',
  };
}

function credentialOf(
  { option, kind }: CredentialOption,
  settings: Settings,
  giveKey: GiveKey | undefined,
): unknown {
  if (kind !== 'basic') return giveKey ?? settings(option);
  const user = settings(`${option}User`);
  const password = giveKey ?? settings(`${option}Password`);
  return user === undefined || password === undefined ? undefined : { user, password };
}

function missingText(api: GeneratedApi, { option, kind }: CredentialOption): string {
  const names = kind === 'basic' ? [`${option}User`, `${option}Password`] : [option];
  const variables = names.map((name) => variableOf(api, name)).join(' and ');
  return `No credentials: set ${variables}, keep them in a profile, or give --key-command.`;
}

function once(give: GiveKey): GiveKey {
  let given: Promise<string> | undefined;
  return () => {
    given ??= give();
    return given;
  };
}

/** The first line that a command of the user prints. What it prints is in no error. */
async function runKeyCommand(command: string, environment: Environment): Promise<string> {
  const output = await new Promise<string>((resolve, reject) => {
    const env = { ...process.env, ...environment };
    const options = { timeout: KEY_COMMAND_MS, windowsHide: true, env };
    const child = exec(command, options, (error, stdout) =>
      error
        ? reject(new CommandError('The key command failed.', exitCode.authentication))
        : resolve(stdout),
    );
    child.stdin?.end();
  });
  const [line = ''] = output.split(/\r?\n/);
  if (line === '')
    throw new CommandError('The key command printed nothing.', exitCode.authentication);
  return line;
}
