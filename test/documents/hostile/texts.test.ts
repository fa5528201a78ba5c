import { afterAll, expect, test } from 'vitest';
import { print } from '../../support/stages.ts';
import { complaints, outcomeOf } from './complaints.ts';
import { Packages } from './packages.ts';
import { blank, places } from './positions.ts';
import { texts } from './texts.ts';

const packages = new Packages();
afterAll(() => packages.remove());

test.each(Object.entries(places))('Nothing comes through at: %s', async (_, put) => {
  const found: Record<string, readonly string[]> = {};
  let emitted = 0;
  for (const [name, text] of Object.entries(texts)) {
    const document = blank();
    put(document, text);
    const printed = await print(document);
    const said = complaints(printed);
    if (said.length > 0) found[name] = said;
    if (printed.files.length > 0) emitted += 1;
  }
  expect(found).toEqual({});
  // Most of it is a fault of the document, but none that makes it useless.
  expect(emitted).toBeGreaterThan(Object.keys(texts).length / 2);
});

test.each(Object.entries(texts))(
  'Nothing comes through in many places at once: %s',
  async (name, text) => {
    const document = blank();
    for (const [place, put] of Object.entries(places)) {
      // Credentials for another host end the generation, and this is about names.
      if (!/server of an operation|operation’s server/.test(place)) put(document, text);
    }
    const printed = await print(document);
    expect(complaints(printed)).toEqual([]);
    expect(outcomeOf(printed)).toBe('emitted');
    await packages.add(name, printed.files);
  },
);

test('What came of these compiles', { timeout: 300_000 }, async () => {
  expect(packages.count).toBeGreaterThan(30);
  expect(await packages.errors()).toEqual([]);
});
