import type { Exchange } from '../call.js';
import { itemStream, type ItemParser, type StreamEvent } from './stream.js';
import { splitter } from './split.js';
import type { RowReader } from './table.js';

/** Server-sent events whose data is JSON. `[DONE]` ends them, as several APIs have it. */
export const events: RowReader = eventsBy(JSON.parse);

/** The same, by a parser of its own. */
export function eventsBy(parse: (text: string) => unknown): RowReader {
  return streaming((text, { fail }) => {
    try {
      return parse(text);
    } catch {
      throw fail('invalid-body', `an event is no JSON: ${text.slice(0, 200)}`);
    }
  }, '[DONE]');
}

/** Server-sent events whose data is text. */
export const textEvents: RowReader = streaming((text) => text);

function streaming<T>(
  decode: (text: string, exchange: Exchange) => T,
  last?: string | undefined,
): RowReader {
  const read = (exchange: Exchange): unknown =>
    itemStream<T>(exchange, (connection, before) =>
      eventParser((text) => decode(text, connection), connection, last, before),
    );
  return Object.assign(read, { streams: true } as const);
}

/** Follows the rules of HTML, 9.2.6: https://html.spec.whatwg.org/multipage/server-sent-events.html */
function eventParser<T>(
  decode: (text: string) => T,
  { fail }: Exchange,
  last: string | undefined,
  before: ItemParser<T> | undefined,
): ItemParser<T> {
  const lines = splitter(/\r\n|\n|\r/g, fail);
  let data: string[] = [];
  let size = 0;
  let event = '';
  let id = before?.resume?.id ?? '';
  // An id counts once its event is whole.
  let lastId = id;
  let wait = before?.resume?.wait;
  let done = false;

  function* dispatch(): Generator<StreamEvent<T>> {
    lastId = id;
    const text = data.join('\n');
    const name = event || 'message';
    const isEmpty = data.length === 0;
    data = [];
    size = 0;
    event = '';
    if (isEmpty) return;
    if (text === last) done = true;
    else yield { data: decode(text), event: name, id };
  }

  const set = (line: string): void => {
    const [, name = '', value = ''] = /^([^:]*)(?:: ?)?(.*)$/s.exec(line) ?? [];
    switch (name) {
      case 'data':
        size += value.length;
        lines.check(size);
        data.push(value);
        return;
      case 'event':
        event = value;
        return;
      case 'id':
        if (!value.includes('\0')) id = value;
        return;
      case 'retry':
        if (/^\d+$/.test(value)) wait = Number(value);
        return;
      default:
    }
  };

  return {
    get done() {
      return done;
    },
    get resume() {
      return lastId || wait !== undefined ? { id: lastId, wait } : undefined;
    },
    *feed(text) {
      for (const line of lines.feed(text)) {
        if (done) return;
        if (line === '') yield* dispatch();
        else set(line);
      }
    },
    // What is not followed by an empty line is not an event.
    end: () => [],
  };
}
