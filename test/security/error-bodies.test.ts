import { describe, expect, test } from 'vitest';
import { messages } from '../../templates/runtime/answers/messages.ts';

/** What no text can be made of. */
const odd = { toString: 1, valueOf: 1 };

describe('an error’s body says nothing, and breaks nothing, where a text is', () => {
  test.each([
    ['msg', { msg: odd, loc: ['a'] }, ['toString: 1', 'valueOf: 1'].map((text) => `a: ${text}`)],
    ['loc', { msg: 'no', loc: [odd, 'b'] }, ['b: no']],
    ['error_description', { error: 'e', error_description: odd }, ['e: toString: 1: valueOf: 1']],
    ['error', { error: odd, error_description: 'd' }, ['toString: 1: valueOf: 1: d']],
    ['title', { title: [odd] }, ['toString: 1', 'valueOf: 1']],
  ])('an object instead: %s', (_, body, expected) => {
    expect(messages(body)).toEqual(expected);
  });
});

describe('the sentences of an error are bounded', () => {
  const many = Array.from({ length: 100_000 }, (_, index) => `${index}`);
  const name = 'n'.repeat(400_000);

  test.each<[string, unknown]>([
    ['a list', { errors: many }],
    ['a list by field', { errors: { a: many, b: many } }],
    ['members under a long name', { [name]: Object.fromEntries(many.map((one) => [one, 'x'])) }],
    ['a long text under each name', { a: 'x'.repeat(900_000), b: 'y' }],
    ['places', { detail: many.map((msg) => ({ msg, loc: [name] })) }],
  ])('%s', (_, body) => {
    const found = messages(body);
    expect(found.length).toBeLessThanOrEqual(1000);
    expect(Math.max(...found.map(({ length }) => length))).toBeLessThanOrEqual(10_000);
  });
});
