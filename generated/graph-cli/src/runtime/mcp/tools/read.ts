// @ts-nocheck
import type { CallToolResult } from '@modelcontextprotocol/server';
import { selectFields } from '../../output/select-fields.js';
import { CommandError } from '../../terminal/exit-code.js';
import type { ApiSession } from '../api-session.js';
import { checkInput } from '../check-input.js';

export interface ReadInput {
  readonly operation?: string;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly fields?: readonly string[];
  readonly limit?: number;
  readonly more?: string;
}

/** `read`: calls an operation that only reads, or reads on where a result was cut. */
export async function read(session: ApiSession, given: ReadInput): Promise<CallToolResult> {
  const { operation: name, input = {}, fields = [], limit, more } = given;
  if (more !== undefined) {
    const result = await session.answers.more(more);
    if (result) return result;
    throw new CommandError('There is nothing to read on under this token: read again.');
  }
  if (name === undefined) throw new CommandError('Give operation, or more.');
  const operation = await session.operation(name);
  if (operation.method !== 'GET')
    throw new CommandError(`${name} is ${operation.method}, and read only reads: use plan.`);
  const faults = checkInput(operation, input, await session.table.types());
  if (faults.length > 0) throw new CommandError(faults.join('\n'));
  await session.allowed.check(operation, input);
  const { result } = await session.begin(operation, input);
  const isPaged = operation.paged === true;
  // Awaited, a listing would be its first page alone.
  const value = isPaged ? result : await result;
  return session.answers.result({ notes: [], data: linesOf(value, fields, limit) });
}

/** An item a line, as they come. */
async function* linesOf(
  value: unknown,
  fields: readonly string[],
  limit = Infinity,
): AsyncGenerator<string> {
  if (!isIterable(value)) {
    yield await textOf(value, fields);
    return;
  }
  let left = limit;
  for await (const item of value) {
    if (left <= 0) return;
    left -= 1;
    yield await textOf(item, fields);
  }
}

async function textOf(value: unknown, fields: readonly string[]): Promise<string> {
  if (value === undefined) return '(no body)';
  if (typeof value === 'string') return value;
  if (value instanceof Blob) return `(${value.size} bytes of ${value.type || 'some kind'})`;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
    return `(${value.byteLength} bytes)`;
  if (value instanceof ReadableStream) {
    await value.cancel();
    return '(a stream of bytes)';
  }
  return JSON.stringify(selectFields(value, fields)) ?? '(no body)';
}

function isIterable(value: unknown): value is AsyncIterable<unknown> | readonly unknown[] {
  if (Array.isArray(value)) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Symbol.asyncIterator in value && !(value instanceof ReadableStream);
}
