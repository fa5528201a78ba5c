import { beforeAll, describe, expect, test } from 'vitest';
import { callAttempts } from '../cases/call-attempts.ts';
import { errorsOf } from '../cases/compiled.ts';
import { packageOf } from '../cases/package.ts';
import { pageAttempts } from '../cases/page-attempts.ts';
import { programs } from '../cases/programs.ts';
import { answers } from './answers.ts';
import { batches } from './batches.ts';
import { bodies } from './bodies.ts';
import { counts } from './counts.ts';
import { nextPages } from './next-pages.ts';
import { pages } from './pages.ts';
import { publicShapes } from './public-shapes.ts';
import { requests } from './requests.ts';
import { streams } from './streams.ts';
import { types } from './types.ts';

/** Documents of our own, of the kinds of the cases that were reported: they need none of those. */
const called = {
  ...answers,
  ...bodies,
  ...requests,
  ...pages,
  ...nextPages,
  ...counts,
  ...streams,
  ...batches,
};

test('each reported case has three variations at least', () => {
  const cases = Object.keys({ ...callAttempts, ...pageAttempts, ...programs });
  const found = cases.map(
    (name) => [name, Object.keys({ ...called[name], ...types[name] }).length] as const,
  );
  expect(found.filter(([, count]) => count < 3)).toEqual([]);
});

describe.each(Object.entries({ ...called, ...publicShapes }))('%s', (_case, variations) => {
  test.each(Object.entries(variations))('%s', async (_name, { document, dialect, attempt }) => {
    await using opened = await packageOf(document, dialect ? { dialect } : {});
    await attempt(opened);
  });
});

describe('types', () => {
  const named = Object.entries(types).flatMap(([name, variations]) =>
    Object.entries(variations).map(
      ([variation, program]) => [`${name}: ${variation}`, program] as const,
    ),
  );
  let errors: Awaited<ReturnType<typeof errorsOf>> = {};
  beforeAll(async () => {
    errors = await errorsOf(Object.fromEntries(named));
  }, 240_000);

  test.each(named)('%s', (name) => {
    expect(errors[name]).toEqual([]);
  });
});
