import { jsonText } from '../generator/print/json.ts';
import { visible } from '../generator/print/text.ts';
import type { Api, EmittedPackage } from '../generator/ir/api.ts';
import { bundle, bundledModules, entryPoint, entryPoints } from './entry-points.ts';
import { license } from './license.ts';
import type { OutputFile, Template } from '../generator/template.ts';

/** `package.json`, `tsconfig.json` and what else makes the output a package that can be published. */
export const packageFiles: Template = {
  name: 'package',
  files: (api): readonly OutputFile[] => [
    { path: 'package.json', text: `${JSON.stringify(manifest(api), null, 2)}\n` },
    { path: 'tsconfig.json', text: jsonText(settingsOf(api.package)) },
    { path: '.gitignore', text: 'dist/\nnode_modules/\n', optional: true },
    ...license(api.package),
    ...(api.package.commonjs ? [{ path: 'tsconfig.cjs.json', text: jsonText(commonjs) }] : []),
    ...bundledModules(api),
    ...jsr(api),
  ],
};

function settingsOf({ specifiers }: EmittedPackage): typeof compilerSettings {
  if (specifiers !== 'ts') return compilerSettings;
  const { compilerOptions, include } = compilerSettings;
  return {
    compilerOptions: { ...compilerOptions, rewriteRelativeImportExtensions: true },
    include,
  };
}

/** The same sources once more, for those who require the package. */
const commonjs = {
  extends: './tsconfig.json',
  compilerOptions: {
    module: 'commonjs',
    outDir: 'dist/cjs',
    verbatimModuleSyntax: false,
  },
};

/** What the registry JSR reads: it takes sources as they are. */
function jsr(api: Api): readonly OutputFile[] {
  const { name, specifiers, version, members } = api.package;
  if (specifiers !== 'ts' || !name.startsWith('@')) return [];
  const exports = entryPoints(api).map(([path, module]) => [path, `./src/${module}.ts`]);
  const settings = {
    name,
    version: typeof members['version'] === 'string' ? members['version'] : version,
    ...(typeof members['license'] === 'string' && { license: members['license'] }),
    exports: Object.fromEntries(exports),
    publish: { include: ['src', 'README.md', 'api.md', 'CHANGELOG.md', 'LICENSE', 'jsr.json'] },
  };
  return [{ path: 'jsr.json', text: jsonText(settings) }];
}

/** What `package.json` of the client holds. */
export function manifest(api: Api): Readonly<Record<string, unknown>> {
  const { name, members, additions, commonjs: isDual } = api.package;
  const optional = additions.optionalPeerDependencies ?? {};
  const peers = { ...additions.peerDependencies, ...optional };
  const isLate = (peer: string): boolean => additions.lateDependencies?.includes(peer) ?? false;
  const built = Object.entries(peers).filter(([peer]) => !isLate(peer));
  const own = {
    name,
    version: api.package.version,
    description: `A typed client for ${oneLine(api.title)}.`,
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20.19' },
    exports: {
      ...Object.fromEntries(
        entryPoints(api).map(([path, module]) => [path, entryPoint(module, isDual)]),
      ),
      './package.json': './package.json',
    },
    files: [
      'dist',
      'src',
      'api.md',
      ...(api.release ? ['CHANGELOG.md'] : []),
      ...(additions.files ?? []),
    ],
    scripts: { build: buildOf(isDual), prepack: 'npm run build' },
    ...(hasMembers(additions.dependencies) && { dependencies: additions.dependencies }),
    ...(hasMembers(peers) && { peerDependencies: peers }),
    ...(hasMembers(optional) && {
      peerDependenciesMeta: Object.fromEntries(
        Object.keys(optional).map((peer) => [peer, { optional: true }]),
      ),
    }),
    devDependencies: {
      '@types/node': '^20.19.0',
      ...Object.fromEntries(built),
      ...additions.devDependencies,
      esbuild: '^0.28.0',
      typescript: '>=5.9',
    },
    prettier: { printWidth: 100, singleQuote: true },
  };
  return { ...own, ...merge(own, members) };
}

function hasMembers(packages: Readonly<Record<string, string>> | undefined): boolean {
  return packages !== undefined && Object.keys(packages).length > 0;
}

/** The user's members; their entry points, scripts and dependencies are added to the package's own. */
function merge(
  own: Readonly<Record<string, unknown>>,
  members: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      const before = own[name];
      return [name, isObject(before) && isObject(value) ? { ...before, ...value } : value];
    }),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an earlier build left would be published, too. */
const clean = `node -e "fs.rmSync('dist', { recursive: true, force: true })"`;

/** Node.js takes the type of a module from the nearest `package.json`. */
const commonjsBuild = `tsc -p tsconfig.cjs.json && node -e "require('fs').writeFileSync('dist/cjs/package.json', JSON.stringify({ type: 'commonjs' }))"`;

function buildOf(isDual: boolean): string {
  return [clean, 'tsc', ...(isDual ? [commonjsBuild] : []), bundle].join(' && ');
}

function oneLine(text: string): string {
  return visible(text.slice(0, 200)).replaceAll(/\s+/g, ' ').trim();
}

/** What `tsconfig.json` of an emitted package holds. */
export const compilerSettings: {
  readonly compilerOptions: Readonly<Record<string, unknown>>;
  readonly include: readonly string[];
} = {
  compilerOptions: {
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
    module: 'nodenext',
    types: ['node'],
    rootDir: 'src',
    outDir: 'dist',
    declaration: true,
    sourceMap: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    isolatedDeclarations: true,
    erasableSyntaxOnly: true,
    skipLibCheck: true,
  },
  include: ['src'],
};
