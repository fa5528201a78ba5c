import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { manifestOf } from './manifest-of.ts';

const packages = ['meraki', 'axapi', 'journyx', 'graph'];

test.each(packages)('no entry point of %s but ./fleet has a part of a fleet', async (name) => {
  const entries = Object.values(manifestOf(name).exports)
    .map(({ types }) => /^\.\/dist\/(.+)\.d\.ts$/.exec(types ?? '')?.[1])
    .filter((entry) => entry !== undefined && entry !== 'fleet');
  expect(entries.length).toBeGreaterThan(5);
  const { metafile } = await build({
    entryPoints: entries.map((entry) => `generated/${name}/src/${entry}.ts`),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    outdir: 'out',
    write: false,
    metafile: true,
    external: ['node:*'],
    logLevel: 'error',
  });
  const modules = Object.keys(metafile.inputs);
  expect(modules).toContain(`generated/${name}/src/runtime/client.ts`);
  expect(modules.filter((module) => module.includes('fleet'))).toEqual([]);
});

test.each(packages)('%s is built without the packages of a fleet', (name) => {
  const { devDependencies, peerDependenciesMeta } = manifestOf(name);
  expect(Object.keys(devDependencies).filter((each) => /^pg|sqlite/.test(each))).toEqual([]);
  expect(peerDependenciesMeta).toMatchObject({
    pg: { optional: true },
    'pg-boss': { optional: true },
  });
});
