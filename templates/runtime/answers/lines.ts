import type { Exchange } from '../call.js';
import { splitter } from './split.js';
import { itemStream, type ItemParser, type StreamEvent } from './stream.js';
import type { RowReader } from './table.js';

// oxlint-disable-next-line no-control-regex -- RFC 7464 sets records apart by it
const RECORD_SEPARATOR = /\u001e/g;

/** Characters of a record that costs nothing to look at. */
const MAX_SMALL = 2000;

/** A JSON value a line: NDJSON, JSON lines. Empty lines mean nothing. */
export const lines: RowReader = streaming(false);

/** JSON values behind a record separator (RFC 7464). */
export const sequence: RowReader = streaming(true);

/** The same as `lines`, by a parser of its own. */
export function linesBy(parse: Parse): RowReader {
  return streaming(false, parse);
}

/** The same as `sequence`, by a parser of its own. */
export function sequenceBy(parse: Parse): RowReader {
  return streaming(true, parse);
}

type Parse = (text: string) => unknown;

function streaming(isRecord: boolean, parse: Parse = JSON.parse): RowReader {
  const read = (exchange: Exchange): unknown =>
    itemStream(exchange, (connection) => jsonParser(isRecord, parse, connection));
  return Object.assign(read, { streams: true } as const);
}

function isWhole(record: string): boolean {
  try {
    JSON.parse(record);
    return true;
  } catch {
    return false;
  }
}

function jsonParser(isRecord: boolean, valueOf: Parse, { fail }: Exchange): ItemParser<unknown> {
  const values = splitter(isRecord ? RECORD_SEPARATOR : /\n/g, fail);
  // Characters of a record that was looked at too early: to look at every line would be quadratic.
  let incomplete = 0;
  function* parse(text: string): Generator<StreamEvent<unknown>> {
    if (!text.trim()) return;
    let data: unknown;
    try {
      data = valueOf(text);
    } catch {
      throw fail('invalid-body', `an item is no JSON: ${text.slice(0, 200)}`);
    }
    yield { data, event: 'message', id: '' };
  }
  return {
    *feed(text) {
      for (const value of values.feed(text)) {
        incomplete = 0;
        yield* parse(value);
      }
      // The line feed behind a record may be all that comes for long.
      const isEarly = values.pending > MAX_SMALL && values.pending < 2 * incomplete;
      if (!isRecord || !text.endsWith('\n') || isEarly) return;
      const record = values.rest();
      incomplete = isWhole(record) ? 0 : record.length;
      if (incomplete === 0) yield* parse(record);
      else values.feed(record).next();
    },
    end: () => parse(values.rest()),
  };
}
