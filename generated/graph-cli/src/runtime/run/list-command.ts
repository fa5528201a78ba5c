// @ts-nocheck
import { Command } from 'commander';
import { clientOptions } from '../access/client-options.js';
import { addScopeOptions, scopeOf } from '../access/scope.js';
import { type AccountFlags, readSettings } from '../access/settings.js';
import { addAccountOptions, addOutputOptions, fieldsOf } from '../call/call-command.js';
import { createClient, loadCall } from '../call/client-module.js';
import type { BatchFlag, BatchList, GeneratedApi } from '../operations/generated-api.js';
import { type Format, printRows } from '../output/print-rows.js';
import type { Console } from '../terminal/console.js';

interface ListFlags extends AccountFlags {
  readonly limit?: number;
  readonly fields?: string;
  readonly output?: Format;
}

/** `batch list`: the batches on the server, drafts marked. */
export function listCommand(
  api: GeneratedApi,
  scope: readonly string[],
  list: BatchList,
  console: Console,
): Command {
  const command = new Command('list').description('list the batches on the server, drafts marked');
  addScopeOptions(command, api, scope);
  addOutputOptions(command);
  addAccountOptions(command, api);
  return command.action(async (flags: ListFlags & Readonly<Record<string, unknown>>) => {
    const input = await scopeOf(api, scope, flags, console);
    const call = await loadCall(api, list.group, list.operation);
    const settings = await readSettings(api, flags, console);
    const client = await createClient(api, clientOptions(api, settings));
    const format = flags.output ?? (console.stdout.isTTY ? 'table' : 'json');
    const chosen = fieldsOf(flags.fields);
    // What a batch is made of does not fit a line.
    const isLines = format === 'table' || format === 'csv';
    const fields = chosen.length === 0 && isLines ? [list.id.join('.'), 'state'] : chosen;
    const answer = call(client, input);
    const rows = isIterable(answer) ? answer : listOf(await answer);
    await printRows(withState(rows, list, flags.limit ?? Infinity), { format, fields }, console);
  });
}

/** Batches with their state: a draft is what nobody has confirmed. */
async function* withState(
  batches: AsyncIterable<unknown> | Iterable<unknown>,
  list: BatchList,
  limit: number,
): AsyncGenerator<object> {
  let left = limit;
  for await (const batch of batches) {
    if (left <= 0) return;
    left -= 1;
    if (typeof batch === 'object' && batch !== null)
      yield { ...batch, state: stateOf(batch, list) };
  }
}

function stateOf(batch: object, { confirmed, completed, failed }: BatchList): string {
  if (isSaid(batch, failed)) return 'failed';
  if (isSaid(batch, completed)) return 'completed';
  return isSaid(batch, confirmed) ? 'running' : 'draft';
}

function isSaid(batch: object, flag: BatchFlag): boolean {
  return 'is' in flag ? flag.is.includes(memberAt(batch, flag.at)) : memberAt(batch, flag) === true;
}

function memberAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, name))
      return undefined;
    // It has such a member.
    return (inner as Readonly<Record<string, unknown>>)[name];
  }, value);
}

function listOf(answer: unknown): readonly unknown[] {
  return Array.isArray(answer) ? answer : [];
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
