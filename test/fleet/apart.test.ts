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

/** The bundle of what a package exports, without what `isAbsent` says is not there. */
async function bundled(name: string, isAbsent: RegExp): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from './generated/${name}/src/index.ts'`, resolveDir: '.' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    write: false,
    external: ['node:*'],
    logLevel: 'silent',
    plugins: [
      {
        name: 'absent',
        setup: ({ onLoad }) =>
          onLoad({ filter: isAbsent }, ({ path }) => ({ errors: [{ text: `${path} is absent` }] })),
      },
    ],
  });
  return outputFiles[0]!.text;
}

test.each(packages)(
  'the bundle of %s is the same, byte for byte, where there are no files of a fleet',
  async (name) => {
    const whole = await bundled(name, /\/none$/);
    expect(whole.length).toBeGreaterThan(50_000);
    expect(await bundled(name, /\/fleet(?:\.ts|\/)/)).toBe(whole);
    await expect(bundled(name, /\/runtime\/batch\//)).rejects.toThrow('is absent');
  },
);

test.each(packages)('%s is built without the packages of a fleet', (name) => {
  const { devDependencies, peerDependenciesMeta } = manifestOf(name);
  expect(Object.keys(devDependencies).filter((each) => /^pg|sqlite/.test(each))).toEqual([]);
  expect(peerDependenciesMeta).toMatchObject({
    pg: { optional: true },
    'pg-boss': { optional: true },
  });
});
