import { Temporal } from 'temporal-polyfill';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Api, apiWith } from './values-api.ts';

describe('dates and long integers of an answer', () => {
  let api: Api;
  beforeAll(async () => {
    api = await apiWith({ dates: 'Date', int64: 'bigint' });
  });

  // oxlint-disable-next-line typescript/no-explicit-any
  async function read(text: string): Promise<any> {
    api.answer(text);
    return api.things.putThing({ id: 1n });
  }

  const time = '2024-01-02T03:04:05.678Z';

  test.each([
    ['a member', `{"at":"${time}"}`, { at: new Date(time) }],
    ['one that may be null', `{"seen":"${time}"}`, { seen: new Date(time) }],
    ['null', '{"seen":null}', { seen: null }],
    ['a list', `{"times":["${time}"]}`, { times: [new Date(time)] }],
    ['a map', '{"byName":{"a":1,"b":2}}', { byName: { a: 1n, b: 2n } }],
    ['a tuple', `{"pair":["${time}",2,"${time}"]}`, { pair: [new Date(time), 2n, time] }],
    [
      'a reference to itself',
      `{"parent":{"parent":{"id":3,"at":"${time}"}}}`,
      { parent: { parent: { id: 3n, at: new Date(time) } } },
    ],
    [
      'a discriminated member that has one',
      `{"pet":{"kind":"cat","born":"${time}"}}`,
      { pet: { kind: 'cat', born: new Date(time) } },
    ],
    [
      'a discriminated member that has a text',
      `{"pet":{"kind":"dog","born":"${time}"}}`,
      { pet: { kind: 'dog', born: time } },
    ],
    ['a union of scalars: a date', `{"odd":"${time}"}`, { odd: new Date(time) }],
    [
      'a union of scalars: an integer',
      '{"odd":12345678901234567890}',
      { odd: 12345678901234567890n },
    ],
    ['a union of scalars: neither', '{"odd":true}', { odd: true }],
    [
      'a union told apart by what is required',
      `{"either":{"start":"${time}"}}`,
      { either: { start: new Date(time) } },
    ],
    [
      'its other member',
      `{"either":{"start":"${time}","label":"x"}}`,
      { either: { start: time, label: 'x' } },
    ],
    ['what has another format or none', `{"name":"${time}","count":5}`, { name: time, count: 5 }],
  ])('%s', async (_, text, expected) => {
    expect(await read(text)).toMatchObject(expected);
  });

  test('a member named __proto__ is converted, and sets no prototype', async () => {
    const { byName } = await read('{"byName":{"__proto__":9007199254740993}}');
    expect(Object.getOwnPropertyDescriptor(byName, '__proto__')?.value).toBe(9007199254740993n);
  });

  test.each([
    ['0', 0n],
    ['-0', 0n],
    ['9007199254740993', 9007199254740993n],
    ['9223372036854775807', 9223372036854775807n],
    ['-9223372036854775808', -9223372036854775808n],
    ['1e3', 1000n],
    ['1.0', 1n],
    ['9.007199254740993e15', 9007199254740993n],
    ['1.23456789012345e18', 1234567890123450000n],
    ['90071992547409930e-1', 9007199254740993n],
  ])('the number %s is %s, to the last digit', async (text, expected) => {
    expect((await read(`{ "id" : ${text} }`)).id).toBe(expected);
  });

  test.each([
    ['1.5', 1.5],
    ['"12"', '12'],
    ['null', null],
    ['1e999', Infinity],
  ])('%s is no integer, and stays as it came', async (text, expected) => {
    expect((await read(`{"id":${text}}`)).id).toBe(expected);
  });

  test('a long number that is no long integer is a number, and texts stay what they are', async () => {
    const text = String.raw`{"id":9007199254740993,"count":12345678901234567890,"name":"a \"9007199254740993\\","more":[9007199254740993,{"x":1e5}]}`;
    expect(await read(text)).toEqual({
      id: 9007199254740993n,
      count: Number('12345678901234567890'),
      name: 'a "9007199254740993\\',
      more: [9007199254740992, { x: 100000 }],
    });
  });

  test.each([
    ['2024-01-02T03:04:05Z', 1704164645000],
    ['2024-01-02T03:04:05.123456789+05:30', Date.UTC(2024, 0, 1, 21, 34, 5, 123)],
    ['2024-01-02t03:04:05z', 1704164645000],
    ['2024-01-02 03:04:05-00:00', 1704164645000],
    ['0001-01-01T00:00:00Z', -62135596800000],
    ['9999-12-31T23:59:59.999Z', 253402300799999],
    ['2016-12-31T23:59:60Z', Date.UTC(2016, 11, 31, 23, 59, 59)],
  ])('%s is read, and sent back as it came', async (text, expected) => {
    const thing = await read(`{"id":9007199254740993,"at":"${text}"}`);
    expect(thing.at).toBeInstanceOf(Date);
    expect(thing.at.getTime()).toBe(expected);
    await api.things.putThing({ id: thing.id, since: thing.at, 'X-At': thing.at, body: thing });
    const { body, url, headers } = api.sent.at(-1)!;
    expect(body).toBe(`{"id":9007199254740993,"at":"${text}"}`);
    expect(new URL(url).pathname).toBe('/things/9007199254740993');
    expect(new URL(url).searchParams.get('since')).toBe(text);
    expect(headers.get('Content-Type')).toBe('application/json');
  });

  test('a date that is changed is sent as it is then', async () => {
    const thing = await read('{"at":"2024-01-02T03:04:05.123456+02:00"}');
    thing.at.setUTCFullYear(2025);
    expect(JSON.stringify(thing)).toBe('{"at":"2025-01-02T01:04:05.123Z"}');
  });

  test.each([['2024-01-02T03:04:05'], ['2024-13-02T03:04:05Z'], ['2024-01-02'], ['soon']])(
    '%s is no date-time of RFC 3339, and stays a text',
    async (text) => {
      expect((await read(`{"at":"${text}"}`)).at).toBe(text);
    },
  );

  test('long integers are sent to the last digit wherever they stand', async () => {
    api.answer('{}');
    const body = { id: -(2n ** 63n), byName: { a: 2n ** 63n - 1n, b: 5n }, times: [new Date(0)] };
    await api.things.putThing({ id: 2n ** 53n + 1n, ids: [1n, 2n ** 63n - 1n], body });
    const { url, body: text } = api.sent.at(-1)!;
    expect(text).toBe(
      '{"id":-9223372036854775808,"byName":{"a":9223372036854775807,"b":5},"times":["1970-01-01T00:00:00.000Z"]}',
    );
    expect(url).toBe(
      'https://api.example.com/things/9007199254740993?ids=1&ids=9223372036854775807',
    );
  });

  test('the items and the cursor of a listing are exact', async () => {
    api.answer('{"data":[{"id":9007199254740993}],"next_cursor":9007199254740995,"has_more":true}');
    const pages = api.things.listThings().pages();
    const { value: page } = await pages.next();
    expect(page.items).toEqual([{ id: 9007199254740993n }]);
    expect(page.next).toBe('9007199254740995');
    await pages.return();
  });

  test.each([
    ['events', 'watch', 'text/event-stream', `data: {"id":9007199254740993,"at":"${time}"}\n\n`],
    ['lines', 'readLines', 'application/x-ndjson', `{"id":9007199254740993,"at":"${time}"}\n`],
  ])('the %s of a stream are converted', async (_, name, type, text) => {
    api.answer(text, type);
    const items: unknown[] = [];
    for await (const item of api.things[name]()) items.push(item);
    expect(items).toEqual([{ id: 9007199254740993n, at: new Date(time) }]);
  });

  test('the body of an error is JSON as it came', async () => {
    api.answer(`{"at":"${time}","id":5}`, 'application/json', 409);
    const failure = await api.things.putThing({ id: 1n }).catch((error: unknown) => error);
    expect(failure).toHaveProperty('body', { at: time, id: 5 });
  });
});

describe('an instant', () => {
  /** As much of Temporal as is asked for. */
  class Instant {
    readonly epochNanoseconds: bigint;
    constructor(epochNanoseconds: bigint) {
      this.epochNanoseconds = epochNanoseconds;
    }
    static from(text: string): Instant {
      const [, fraction = ''] = /\.(\d{1,9})(?=[Z+-])/.exec(text) ?? [];
      const seconds = Date.parse(text.replace(/\.\d+/, ''));
      if (Number.isNaN(seconds)) throw new RangeError(text);
      return new Instant(BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(9, '0')));
    }
    toJSON(): string {
      return `of ${this.epochNanoseconds}`;
    }
  }

  afterEach(() => vi.unstubAllGlobals());

  test.each([
    ['2024-01-02T03:04:05.123456789+02:00', 1704157445123456789n],
    ['0001-01-01T00:00:00Z', -62135596800000000000n],
    ['9999-12-31T23:59:59.9Z', 253402300799900000000n],
  ])('of %s has all its digits, and is sent back as it came', async (text, expected) => {
    vi.stubGlobal('Temporal', { Instant });
    const { things, sent, answer } = await apiWith({ dates: 'Temporal' });
    answer(`{"at":"${text}","name":"${text}"}`);
    const thing = await things.putThing({ id: 1 });
    expect(thing.at.epochNanoseconds).toBe(expected);
    await things.putThing({ id: 1, since: thing.at, body: thing });
    expect(sent.at(-1)?.body).toBe(`{"at":"${text}","name":"${text}"}`);
  });

  test.each(['2024-01-02T03:04:05.123456789+02:00', '9999-12-31T23:59:59.9Z'])(
    'of %s goes through a polyfill of Temporal exactly',
    async (text) => {
      vi.stubGlobal('Temporal', Temporal);
      const { things, sent, answer } = await apiWith({ dates: 'Temporal' });
      answer(`{"at":"${text}","name":"a"}`);
      const thing = await things.putThing({ id: 1 });
      expect(thing.at).toBeInstanceOf(Temporal.Instant);
      expect(thing.at.epochNanoseconds).toBe(Temporal.Instant.from(text).epochNanoseconds);
      const at = thing.at.add({ nanoseconds: 1 });
      await things.putThing({ id: 1, since: at, body: { ...thing, at } });
      expect(sent.at(-1)?.body).toBe(`{"at":"${at}","name":"a"}`);
      await things.putThing({ id: 1, body: thing });
      expect(sent.at(-1)?.body).toBe(`{"at":"${text}","name":"a"}`);
    },
  );

  test('that is none is left as it came by a polyfill of Temporal', async () => {
    vi.stubGlobal('Temporal', Temporal);
    const { things, answer } = await apiWith({ dates: 'Temporal' });
    answer('{"at":"2024-13-01T00:00:00Z"}');
    expect(await things.putThing({ id: 1 })).toEqual({ at: '2024-13-01T00:00:00Z' });
  });

  test('is not made of what is no date-time', async () => {
    vi.stubGlobal('Temporal', { Instant });
    const { things, answer } = await apiWith({ dates: 'Temporal' });
    answer('{"at":"2024-13-01T00:00:00Z"}');
    expect(await things.putThing({ id: 1 })).toEqual({ at: '2024-13-01T00:00:00Z' });
  });

  test('says what to do where the platform has none', async () => {
    vi.stubGlobal('Temporal', undefined);
    const { things, answer } = await apiWith({ dates: 'Temporal' });
    answer('{"at":"2024-01-01T00:00:00Z"}');
    const failure = await things.putThing({ id: 1 }).catch((error: unknown) => error);
    expect(String(failure)).toContain('load a polyfill');
  });
});
