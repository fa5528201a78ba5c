// The run-time as the build packs it; `npm test` builds it first.
import { expect, test } from 'vitest';
import { packageRoot } from '../../generator/own-package.ts';
import { packedRuntime } from '../../generator/packed-runtime.ts';
import { readRuntime } from '../../generator/runtime.ts';
import { runtimeTexts } from '../support/runtime-texts.ts';

const packed = packedRuntime('runtime');
const sources = readRuntime(new URL('templates/runtime/', packageRoot));
const modules = [...runtimeTexts.keys()];

test('the packed run-time has the texts of its sources', () => {
  expect(packed.texts(modules)).toEqual([...runtimeTexts.values()]);
});

test('it knows what each module imports of the run-time', () => {
  const own = (imports: readonly string[] = []): readonly string[] =>
    imports.filter((module) => runtimeTexts.has(module));
  const importsOf = (runtime: typeof packed) =>
    Object.fromEntries(modules.map((module) => [module, own(runtime.imports(module))]));
  expect(importsOf(packed)).toEqual(importsOf(sources));
  expect(packed.imports('runtime/client')).toContain('runtime/call');
});

test.each(['runtime/absent', 'client', 'constructor'])('it has no module %s', (module) => {
  expect(packed.imports(module)).toBeUndefined();
});
