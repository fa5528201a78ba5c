import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

/** The kinds of files that the package holds. */
const kinds: Readonly<Record<string, RegExp>> = {
  'the compiled generator': /^dist\/(?:bin|generator|templates)\/[\w/.-]+\.(?:js|d\.ts)$/,
  'the command line in two files, as CommonJS':
    /^dist\/bin\/(?:(?:main|unchanged)\.cjs|package\.json)$/,
  'the compiled validators': /^dist\/validators\/[\d.]+-(?:first|all)\.cjs$/,
  'the page of the explorer': /^dist\/explorer\/(?:main\.js|page\.css)$/,
  'the run-time, which is copied': /^dist\/runtime\/runtime\.(?:json|txt)$/,
  'the run-time of command lines, which is copied': /^dist\/runtime\/cli-runtime\.(?:json|txt)$/,
  'the documentation': /^(?:docs\/(?:[\w-]+\/)?[\w-]+\.md|README\.md|CHANGELOG\.md|SECURITY\.md)$/,
  'the picture of a terminal': /^docs\/[\w-]+\.svg$/,
  'the workflow to copy': /^docs\/publishing\/[\w-]+\.yaml$/,
  'the licences of what is bundled': /^dist\/THIRD-PARTY-NOTICES\.txt$/,
  'the licence and the manifest': /^(?:LICENSE|package\.json)$/,
};

test('the package holds these kinds of files, and no other', () => {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  // npm prints a list of one package.
  const [packed] = JSON.parse(output) as readonly Packed[];
  const paths = packed?.files.map(({ path }) => path) ?? [];
  const others = paths.filter((path) => !Object.values(kinds).some((kind) => kind.test(path)));
  expect(others).toEqual([]);
  for (const [name, kind] of Object.entries(kinds)) {
    expect(paths.filter((path) => kind.test(path)).length, name).toBeGreaterThan(0);
  }
});

const registry = 'https://registry.npmjs.org/';

interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly version: string;
        readonly dev?: boolean;
        readonly license?: string;
        readonly hasInstallScript?: boolean;
        readonly resolved?: string;
        readonly integrity?: string;
      }
    >
  >;
}

// The lock file is npm's.
const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as Lock;
const installed = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && !dev);

test('what is installed with the package has these licences', () => {
  const byLicence: Record<string, string[]> = {};
  for (const [path, { license = 'none' }] of installed) {
    (byLicence[license] ??= []).push(path.replace(/^.*node_modules\//, ''));
  }
  expect(byLicence).toEqual({
    MIT: expect.arrayContaining(['ajv', 'jiti', 'js-yaml', 'openapi-types', 'prettier']),
    'Apache-2.0': ['jsonpath-rfc9535'],
    'BlueOak-1.0.0': ['minimatch'],
    'BSD-3-Clause': ['fast-uri'],
    'Python-2.0': ['argparse'],
  });
});

test('nothing that is installed with the package runs a script when it is', () => {
  expect(installed.filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
});

test('everything that is installed has a checksum, and comes from no other place than the registry', () => {
  const others = Object.entries(lock.packages).filter(
    ([path, { resolved = registry, integrity }]) =>
      path !== '' && !(resolved.startsWith(registry) && integrity?.startsWith('sha512-')),
  );
  expect(others.map(([path]) => path)).toEqual([]);
});

test('the licence of each package whose code is bundled is handed on', () => {
  const notices = readFileSync(`${root}dist/THIRD-PARTY-NOTICES.txt`, 'utf8');
  for (const name of ['ajv', 'js-yaml']) {
    const licence = readFileSync(`${root}node_modules/${name}/LICENSE`, 'utf8').trim();
    expect(notices, name).toContain(
      `\n${name} ${lock.packages[`node_modules/${name}`]?.version}\n\n${licence}\n`,
    );
  }
});
