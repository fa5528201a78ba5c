// @ts-nocheck
import { type PrintOptions, printRows, printValue } from '../output/print-rows.js';
import { type Console, emit } from '../terminal/console.js';

/** What of an answer is printed, and how. */
export interface AnswerOptions extends PrintOptions {
  /** Every page of a listing. */
  readonly all: boolean;
  /** At most so many items. */
  readonly limit?: number | undefined;
  /** The body as the server sent it. */
  readonly raw: boolean;
}

/** A listing of the client: awaited, its first page; iterated, its items. */
interface Paged extends AsyncIterable<unknown> {
  pages(): AsyncIterable<{ readonly body: unknown }>;
  then: Promise<{ readonly items: readonly unknown[]; readonly body: unknown }>['then'];
}

/** Prints what a call gives, as it comes. */
export async function printAnswer(
  result: PromiseLike<unknown>,
  isPaged: boolean,
  options: AnswerOptions,
  console: Console,
): Promise<void> {
  if (isPaged) return printListing(result as unknown as Paged, options, console);
  const value = await result;
  if (value === undefined) return;
  if (typeof value === 'string') return emit(console, value);
  if (value instanceof Blob) return printBytes(value.stream(), console);
  if (value instanceof ReadableStream) return printBytes(value, console);
  if (value instanceof ArrayBuffer) return emit(console, new Uint8Array(value));
  if (value instanceof Uint8Array) return emit(console, value);
  if (isIterable(value)) return printRows(taking(value, options.limit), streamed(options), console);
  if (options.raw) return emit(console, `${JSON.stringify(value)}\n`);
  if (Array.isArray(value) && options.limit !== undefined)
    return printValue(value.slice(0, options.limit), options, console);
  return printValue(value, options, console);
}

async function printListing(
  listing: Paged,
  options: AnswerOptions,
  console: Console,
): Promise<void> {
  const { all, limit, raw } = options;
  if (raw) {
    if (!all) return emit(console, `${JSON.stringify((await listing).body)}\n`);
    for await (const { body } of listing.pages()) await emit(console, `${JSON.stringify(body)}\n`);
    return;
  }
  if (all || limit !== undefined) return printRows(taking(listing, limit), options, console);
  return printRows((await listing).items, options, console);
}

/** Items that come over time are lines, unless the user wants otherwise. */
function streamed(options: PrintOptions): PrintOptions {
  return options.format === 'json' ? { ...options, format: 'jsonl' } : options;
}

async function* taking(
  items: AsyncIterable<unknown>,
  limit: number | undefined,
): AsyncGenerator<unknown> {
  let left = limit ?? Infinity;
  if (left <= 0) return;
  for await (const item of items) {
    yield item;
    left -= 1;
    if (left <= 0) return;
  }
}

async function printBytes(stream: ReadableStream<Uint8Array>, console: Console): Promise<void> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    await emit(console, value);
  }
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
