// @ts-nocheck
import { Command, Option } from 'commander';
import { type AccountFlags, readSettings } from '../access/settings.js';
import { clientOptions } from '../access/client-options.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { Operation, OperationTable } from '../operations/table.js';
import { type Format, formats } from '../output/print-rows.js';
import { choicesOf, describe } from '../schema/describe.js';
import type { Types } from '../schema/shape.js';
import { type Console, emit } from '../terminal/console.js';
import { CommandError } from '../terminal/exit-code.js';
import { printable } from '../terminal/printable.js';
import { createClient, loadCall } from './client-module.js';
import { inputOf, pairOf } from './input-of.js';
import { optionNames } from './option-names.js';
import { printAnswer } from './print-answer.js';
import { showRequest } from './show-request.js';

interface CallFlags extends AccountFlags {
  readonly param?: readonly string[];
  readonly set?: readonly string[];
  readonly body?: string;
  readonly all?: boolean;
  readonly limit?: number;
  readonly fields?: string;
  readonly output?: Format;
  readonly raw?: boolean;
  readonly dryRun?: boolean;
}

/** The command of one operation, its options typed by the document. */
export async function callCommand(
  api: GeneratedApi,
  table: OperationTable,
  operation: Operation,
  console: Console,
): Promise<Command> {
  const types = await table.types();
  const command = new Command(operation.name)
    .summary(printable(operation.summary))
    .description(descriptionOf(operation))
    .allowExcessArguments(false);
  const own = optionNames(operation.params);
  for (const option of paramOptions(own, types)) command.addOption(option);
  addCallOptions(command, operation);
  addAccountOptions(command, api);
  command.action(async (flags: CallFlags & Readonly<Record<string, unknown>>) => {
    const params = new Map<string, readonly string[]>();
    const add = (name: string, value: string): void =>
      void params.set(name, [...(params.get(name) ?? []), value]);
    for (const key of own.keys()) {
      const given = flags[`p_${key}`];
      if (Array.isArray(given)) for (const value of given) add(key, String(value));
    }
    for (const pair of flags.param ?? []) add(...pairOf(pair, '--param'));
    await perform(api, operation, types, { flags, params }, console);
  });
  return command;
}

async function perform(
  api: GeneratedApi,
  operation: Operation,
  types: Types,
  given: { readonly flags: CallFlags; readonly params: ReadonlyMap<string, readonly string[]> },
  console: Console,
): Promise<void> {
  const { flags, params } = given;
  const { group, name, paged = false } = operation;
  const { body, set = [] } = flags;
  const input = await inputOf(operation, types, { params, body, set }, console);
  const settings = await readSettings(api, flags, console);
  const call = await loadCall(api, group, name);
  const takesInput = operation.params.length > 0 || operation.body !== undefined;
  const values = takesInput ? [input] : [];
  if (flags.dryRun) {
    const request = await showRequest(api, settings, (client) => call(client, ...values));
    return emit(console, `${JSON.stringify(request, null, 2)}\n`);
  }
  const client = await createClient(api, clientOptions(api, settings));
  const options = {
    format: flags.output ?? (console.stdout.isTTY ? 'table' : 'json'),
    fields: fieldsOf(flags.fields),
    all: flags.all ?? false,
    limit: flags.limit,
    raw: flags.raw ?? false,
  };
  await printAnswer(call(client, ...values), paged, options, console);
}

/** Names of members, with commas between. */
export function fieldsOf(list: string | undefined): readonly string[] {
  return (list ?? '')
    .split(',')
    .map((field) => field.trim())
    .filter((field) => field !== '');
}

function descriptionOf({ method, route, summary, description }: Operation): string {
  const text = description && description !== summary ? `\n\n${description}` : '';
  return printable(`${summary}\n${method} ${route}${text}`.slice(0, 4_000));
}

/** Their values are kept apart from those of the call's own options. */
function paramOptions(own: ReturnType<typeof optionNames>, types: Types): readonly Option[] {
  return [...own].map(([key, { required, help = '', shape }]) => {
    const choices = choicesOf(shape, types);
    const expected = choices.length > 0 ? choices.slice(0, 30).join('|') : 'value';
    const text = `${printable(help).replaceAll(/\s+/g, ' ').slice(0, 300)} (${describe(shape, types)}${required ? '; required' : ''})`;
    const option = new Option(`--${key} <${printable(expected)}>`, text.trim());
    option.attributeName = () => `p_${key}`;
    return option.argParser((value, before: readonly string[] | undefined) => [
      ...(before ?? []),
      value,
    ]);
  });
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function addCallOptions(command: Command, { body, paged }: Operation): void {
  command.addOption(
    new Option('--param <name=value>', 'a parameter by its name')
      .argParser(collect)
      .default([], ''),
  );
  if (body) {
    command.option('--body <@file|-|json>', 'the body: a file, standard input, or JSON');
    const set = new Option('--set <name=value>', 'a member of the body; again for another');
    command.addOption(set.argParser(collect));
  }
  if (paged) command.option('--all', 'every page');
  addOutputOptions(command);
  command
    .option('--raw', 'the body as the server sent it')
    .option('--dry-run', 'print the request, without credentials, and send nothing');
}

/** The options that say what of an answer is printed, and how. */
export function addOutputOptions(command: Command): void {
  command
    .option('--limit <count>', 'at most so many items', count)
    .option('--fields <names>', 'only these members: id,name,a.b')
    .addOption(new Option('--output <format>', 'how data is printed').choices(formats));
}

/** The options that say which account is meant. */
export function addAccountOptions(command: Command, { bin }: GeneratedApi): void {
  command
    .option('--profile <name>', `the profile of ${bin}'s config.json`)
    .option('--base-url <url>', 'where the API lives')
    .option('--key-command <command>', 'a command that prints the key');
}

function count(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new CommandError('--limit must be a whole number above 0.');
  return Number(text);
}
