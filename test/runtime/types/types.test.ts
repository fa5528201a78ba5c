import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import config from '../../../batchwright.config.ts';
import { compile, type Compiler } from '../../support/compile.ts';

const consumers = ['consumer.ts', 'dialects.ts'];
const packages = fileURLToPath(new URL('../../../generated/', import.meta.url)).replaceAll(
  '\\',
  '/',
);

/** The run-time as it is written; its copies in the packages are not checked again. */
const runtime = fileURLToPath(new URL('../../../templates/runtime', import.meta.url)).replaceAll(
  '\\',
  '/',
);

let folder: string;
let texts: ReadonlyMap<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-types-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  texts = new Map(
    await Promise.all(
      consumers.map(async (name) => {
        const text = await readFile(new URL(name, import.meta.url), 'utf8');
        return [name, text.replaceAll('../../../generated/', packages)] as const;
      }),
    ),
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const compilers: readonly Compiler[] = ['typescript', 'typescript-5.9'];

test.each(compilers)(
  '%s finds every mistake of a consumer, and no other, and none in the packages or the run-time',
  { timeout: 240_000 },
  async (compiler) => {
    for (const [name, text] of texts) {
      expect(mistakes(text)).toBeGreaterThan(15);
      await writeFile(join(folder, name), text);
    }
    const all = [
      ...consumers,
      ...Object.keys(config.targets).map((name) => `${packages}${name}/src`),
      runtime,
    ];
    expect(await compile(folder, all, compiler)).toEqual([]);
  },
);

test('mistakes that nobody expects are found', { timeout: 120_000 }, async () => {
  for (const [name, text] of texts) {
    await writeFile(join(folder, name), text.replaceAll(/^.*\/\/ @ts-expect-error.*$/gm, ''));
  }
  const errors = await compile(folder, consumers);
  for (const [name, text] of texts) {
    const found = errors.filter((error) => error.startsWith(name));
    expect(found.length).toBeGreaterThanOrEqual(mistakes(text));
  }
});

function mistakes(text: string): number {
  return text.match(/\/\/ @ts-expect-error/g)?.length ?? 0;
}
