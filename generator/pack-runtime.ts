import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { packageRoot } from './own-package.ts';
import { type PackedModule, packOf, type RuntimeName } from './packed-runtime.ts';
import { readRuntime } from './runtime.ts';

/** Packs the run-times into `dist`; run by the build, once the project is compiled. */
const names: readonly RuntimeName[] = ['runtime', 'cli-runtime'];

mkdirSync(new URL('dist/runtime/', packageRoot), { recursive: true });
for (const name of names) {
  const folder = new URL(`templates/${name}/`, packageRoot);
  const runtime = readRuntime(folder);
  const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `runtime/${path.replaceAll('\\', '/').replace(/\.ts$/, '')}`)
    .toSorted();
  const texts = runtime.texts(modules);
  const index: Record<string, PackedModule> = {};
  let start = 0;
  for (const [place, module] of modules.entries()) {
    const length = Buffer.byteLength(texts[place] ?? '');
    const imports = (runtime.imports(module) ?? []).filter((one) => modules.includes(one));
    index[module] = [start, length, imports];
    start += length;
  }
  const pack = packOf(name);
  writeFileSync(pack.index, JSON.stringify(index));
  writeFileSync(pack.texts, texts.join(''));
}
