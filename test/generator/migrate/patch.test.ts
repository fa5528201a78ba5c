import { expect, test } from 'vitest';
import { patchOf } from '../../../generator/migrate/patch.ts';

const text = 'one();\nkept();\ntwo();\n';

function edit(old: string, now: string) {
  const start = text.indexOf(old);
  return { start, end: start + old.length, text: now };
}

test('a line between two changed ones stays as it is', () => {
  expect(patchOf('app.ts', text, [edit('one', 'first'), edit('two', 'second')])).toBe(
    '--- a/app.ts\n+++ b/app.ts\n@@ -1,3 +1,3 @@\n-one();\n+first();\n kept();\n-two();\n+second();\n',
  );
});

test('changed lines beside each other stand together', () => {
  expect(patchOf('app.ts', text, [edit('one', 'first'), edit('kept', 'held')])).toBe(
    '--- a/app.ts\n+++ b/app.ts\n@@ -1,3 +1,3 @@\n-one();\n-kept();\n+first();\n+held();\n two();\n',
  );
});

test('where lines are gone, all that change together are shown', () => {
  expect(patchOf('app.ts', text, [edit('one', 'first'), edit('kept();\n', '')])).toBe(
    '--- a/app.ts\n+++ b/app.ts\n@@ -1,3 +1,2 @@\n-one();\n-kept();\n+first();\n two();\n',
  );
});
