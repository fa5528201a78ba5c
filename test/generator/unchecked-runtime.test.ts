import { expect, test } from 'vitest';
import { answering } from '../support/emitted.ts';
import { print } from '../support/stages.ts';

const directive = '// @ts-nocheck';

async function firstLines(): Promise<readonly (readonly [string, string | undefined])[]> {
  const { files } = await print(answering({ '200': {} }));
  const modules = files.filter(({ path }) => path.endsWith('.ts'));
  return modules.map(({ path, text }) => [path, text.split('\n')[0]]);
}

test('a compiler does not check the copied run-time again', async () => {
  const runtime = (await firstLines()).filter(([path]) => path.startsWith('src/runtime/'));
  expect(runtime.length).toBeGreaterThan(10);
  expect(runtime.filter(([, line]) => line !== directive)).toEqual([]);
});

test('a compiler checks every module that is printed', async () => {
  const printed = (await firstLines()).filter(([path]) => !path.startsWith('src/runtime/'));
  expect(printed.length).toBeGreaterThan(3);
  expect(printed.filter(([, line]) => line?.includes('@ts-nocheck'))).toEqual([]);
});
