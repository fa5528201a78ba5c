import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const generator = new URL('../../generator/', import.meta.url);

test('docs/diagnostics.md lists every code, and no other', () => {
  const page = readFileSync(new URL('../../docs/diagnostics.md', import.meta.url), 'utf8');
  const listed = [...page.matchAll(/^\| `([a-z]+\/[a-z-]+)`/gm)].map(([, code]) => code);
  const used = new Set(
    readdirSync(generator, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => [
        ...readFileSync(new URL(path.replaceAll('\\', '/'), generator), 'utf8').matchAll(
          /'(?!batch\/index')((?:load|overlay|schema|shape|operation|batch|config|validate|write|diff|release)\/[a-z-]+)'/g,
        ),
      ])
      .map(([, code]) => code),
  );
  expect(listed.toSorted()).toEqual([...used].toSorted());
});
