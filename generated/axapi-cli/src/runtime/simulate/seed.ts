// @ts-nocheck
import { readFile } from 'node:fs/promises';
import type { OperationTable } from '../operations/table.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import type { Members, SimulatedAccount } from './types.js';

/**
 * Fills an account from a file: JSON with a resource or a list by path, or a plan, of which all that
 * its rows change is made to exist.
 */
export async function seedFrom(
  file: string,
  account: SimulatedAccount,
  table: OperationTable,
): Promise<void> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new CommandError(`${file} cannot be read${reason}.`, exitCode.failed);
  });
  const [head = ''] = text.split('\n', 1);
  if (isRecord(parsed(head)) && Object.hasOwn(parsed(head) as object, 'plan'))
    return seedFromPlan(file, text, account, table);
  const entries = parsed(text.replace(/^\uFEFF/, ''));
  if (!isRecord(entries))
    throw new CommandError(
      `${file} must be JSON such as { "/devices/Q2AA/switch/ports": [{ "portId": "1" }] }, or a plan.`,
    );
  for (const [path, value] of Object.entries(entries)) seedPath(file, path, value, account);
}

function seedPath(file: string, given: string, value: unknown, account: SimulatedAccount): void {
  const path = `/${given.replaceAll(/^\/|\/$/g, '')}`;
  if (isRecord(value)) return account.put(path, value);
  if (!Array.isArray(value))
    throw new CommandError(`${file}: ${path} must be an object or a list of objects.`);
  for (const [index, item] of value.entries())
    if (!isRecord(item) || account.putInto(path, item) === undefined)
      throw new CommandError(`${file}: item ${index + 1} of ${path} has no id.`);
}

async function seedFromPlan(
  file: string,
  text: string,
  account: SimulatedAccount,
  table: OperationTable,
): Promise<void> {
  const index = new Map((await table.index()).map((each) => [each.name, each]));
  for (const line of text.trimEnd().split('\n').slice(1)) {
    const row = parsed(line);
    const input = isRecord(row) ? row['input'] : undefined;
    const operation = isRecord(row) ? index.get(String(row['operation'])) : undefined;
    if (!operation || !isRecord(input))
      throw new CommandError(`${file} is not a plan of this command.`);
    const path = account.pathOf(operation.route, input);
    if (path === undefined) continue;
    const above = path.slice(0, path.lastIndexOf('/'));
    // What is created is not there yet; what it is created in is.
    if (operation.method === 'POST') account.put(above, membersAt(account, above));
    else
      account.put(path, {
        ...keyOf(operation.route, input),
        ...unset(input['body']),
        ...membersAt(account, path),
      });
  }
}

/** The members that a row changes, without a value: a list shows that they are there. */
function unset(body: unknown): Members {
  return isRecord(body) ? Object.fromEntries(Object.keys(body).map((name) => [name, null])) : {};
}

function membersAt(account: SimulatedAccount, path: string): Members {
  const found = account.read(path);
  return isRecord(found) ? found : {};
}

/** The member that names a resource, after the last parameter of its route. */
function keyOf(route: string, input: Members): Members {
  const [, name] = /\{([^{}]+)\}$/.exec(route) ?? [];
  return name === undefined ? {} : { [name]: input[name] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
