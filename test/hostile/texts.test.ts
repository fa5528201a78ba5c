import { expect, test } from 'vitest';
import { faultsOf } from './inspect.ts';
import { blank, places } from './positions.ts';
import { type Printed, print } from '../stages.ts';
import { texts } from './texts.ts';

/** What is wrong with an output; where there is none, with what was said about it. */
function complaints({ files, diagnostics }: Printed): readonly string[] {
  const refused = diagnostics.some(({ severity }) => severity === 'error');
  return [
    ...faultsOf(files),
    ...(refused === (files.length === 0) ? [] : ['neither emitted nor refused']),
    ...diagnostics.flatMap(({ code, message }) =>
      /^[a-z]+\/[a-z-]+$/.test(code) && !/\n\s+at |TypeError|RangeError/.test(message)
        ? []
        : [`${code}: ${message}`],
    ),
  ];
}

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
