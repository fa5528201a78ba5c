import { quote } from '../generator/print/text.ts';
import type { Api } from '../generator/ir/api.ts';
import { banner, type OutputFile } from '../generator/template.ts';

/** The entry points of the package, and their modules. */
export function entryPoints(api: Api): readonly (readonly [path: string, module: string])[] {
  const { batch, groups } = api;
  const modules = [
    'client',
    ...groups.map(({ name }) => name),
    ...(batch ? ['batch/index', ...batch.groups.map(({ name }) => `batch/${name}`)] : []),
    'node',
  ];
  return [
    ['.', 'index'],
    ...modules.map((module) => [`./${module.replace(/\/index$/, '')}`, module] as const),
    ...Object.entries(api.package.additions.exports ?? {}),
  ];
}

export type EntryPoint = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/**
 * Where each environment finds a module. Bundlers take the modules apart, so they get them one by one; what they
 * all know is the condition `module`, and Node.js does not. It loads a file in 0.4 ms, so it gets few.
 */
export function entryPoint(module: string, isDual: boolean): EntryPoint {
  const esm = {
    types: `./dist/${module}.d.ts`,
    module: `./dist/${module}.js`,
    node: `./dist/${forNode}${module}.js`,
    default: `./dist/${module}.js`,
  };
  if (!isDual) return esm;
  const commonjs = `./dist/cjs/${module}`;
  return { import: esm, require: { types: `${commonjs}.d.ts`, default: `${commonjs}.js` } };
}

const forNode = 'for-node/';
const shared = `src/${forNode}every-entry.ts`;

/**
 * The last step of a build: for Node.js, all that the entry points load at once is one file. Each of them reaches
 * the whole package through the injected module, and nothing is left out, so nothing is apart from the rest.
 */
export const bundle: string = [
  `esbuild "src/${forNode}**/*.ts" --outdir=dist/for-node --bundle --splitting --inject:${shared}`,
  '--tree-shaking=false --ignore-annotations --packages=external --platform=node --format=esm',
  '--target=es2022 --sourcemap --sources-content=false --log-level=warning',
].join(' ');

/** The modules that are bundled for Node.js. A build by the compiler alone leaves them as they stand here. */
export function bundledModules(api: Api): readonly OutputFile[] {
  if (api.package.form !== 'package') return [];
  const modules = entryPoints(api).map(([, module]) => {
    const up = '../'.repeat(module.split('/').length);
    const text = `export * from ${quote(`${up}${module}.js`)};\n`;
    return { path: `src/${forNode}${module}.ts`, text: banner + text };
  });
  return [...modules, { path: shared, text: `${banner}import '../index.js';\n` }];
}
