import { expect, test } from 'vitest';
import { print } from '../../support/stages.ts';
import { complaints, outcomeOf } from './complaints.ts';

const api = `{"openapi":"3.1.0","info":{"title":"T","version":"1.0.0"},"paths":{"/a":{"get":{"operationId":"read","responses":{"200":{"description":"x"}}}}}}`;
const yaml = `openapi: 3.1.0\ninfo: {title: T, version: 1.0.0}\npaths: {/a: {get: {operationId: read}}}\n`;
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);
const aliases = (depth: number, width: number): string =>
  range(depth)
    .map(
      (i) =>
        `  a${i + 1}: &a${i + 1} [${range(width)
          .map(() => `*a${i}`)
          .join()}]\n`,
    )
    .join('');

const documents: Readonly<Record<string, readonly [outcome: string, Uint8Array | string]>> = {
  'UTF-16, little-endian, marked': ['emitted', Buffer.from(`\ufeff${api}`, 'utf16le')],
  'UTF-16, little-endian, not marked': ['emitted', Buffer.from(yaml, 'utf16le')],
  'UTF-16, big-endian': ['emitted', Buffer.from(`\ufeff${api}`, 'utf16le').swap16()],
  'UTF-16 with half a character at its end': [
    'load/syntax',
    Buffer.from(`\ufeff${api}`, 'utf16le').subarray(0, -3),
  ],
  'a byte-order mark before JSON': ['emitted', `\ufeff${api}`],
  'a byte-order mark before YAML': ['emitted', `\ufeff${yaml}`],
  'bytes that are no text': ['load/syntax', Buffer.from(range(4096).map((i) => (i * 7) % 256))],
  'bytes that are no UTF-8, within a title': [
    'emitted',
    Buffer.concat([
      Buffer.from(api.slice(0, 41)),
      Buffer.from([0xff, 0xc0]),
      Buffer.from(api.slice(41)),
    ]),
  ],
  'NUL in the text': ['load/syntax', api.replace('"T"', '"\0"')],
  'no text': ['load/empty', ''],
  'space alone': ['load/empty', ' \n\t'],
  'a web page': ['load/not-openapi', '<!doctype html><title>Not found</title>'],
  'JSON without an end': ['load/syntax', api.slice(0, -1)],
  'JSON with a key twice': ['emitted', api.replace('"info"', '"paths":{"/b":{}},"info"')],
  'JSON with __proto__ twice': [
    'emitted',
    api.replace('"info"', '"x-a":{"__proto__":1,"__proto__":2},"info"'),
  ],
  'YAML with a key twice': ['emitted', `${yaml}paths: {/b: {get: {operationId: other}}}\n`],
  'YAML with a merge of itself': ['emitted', `${yaml}x-a: &a\n  <<: *a\n`],
  'YAML whose key is a mapping': ['emitted', `${yaml}x-a: {? {a: 1} : b}\n`],
  'YAML of several documents': ['load/syntax', `${yaml}---\n${yaml}`],
  'YAML with a tag of a language': [
    'load/syntax',
    `${yaml}x-a: !!js/function 'function () { PWNED() }'\n`,
  ],
  'YAML with a tag of its own': ['load/syntax', `${yaml}x-a: !include /etc/passwd\n`],
  'aliases of aliases, 9^9': ['load/alias-bomb', `${yaml}x-a:\n  a0: &a0 [a]\n${aliases(9, 9)}`],
  'aliases of aliases, 2^30': ['load/alias-bomb', `${yaml}x-a:\n  a0: &a0 [a]\n${aliases(30, 2)}`],
  'an alias within its anchor': ['load/alias-bomb', `${yaml}x-a: &a {b: *a}\n`],
  'an alias of nothing': ['load/syntax', `${yaml}x-a: *nothing\n`],
  'a schema that is shared by an alias': [
    'emitted',
    `${yaml}components:\n  schemas:\n    A: &a {type: object, properties: {a: {type: string}}}\n    B: *a\n`,
  ],
};

test.each(Object.entries(documents))('%s', async (_, [outcome, document]) => {
  const printed = await print(document);
  expect(complaints(printed)).toEqual([]);
  expect(outcomeOf(printed)).toBe(outcome);
});
