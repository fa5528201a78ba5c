import { jsonText } from '../generator/print/json.ts';
import { visible } from '../generator/print/text.ts';
import type { Api } from '../generator/ir/api.ts';
import type { OutputFile, Template } from '../generator/template.ts';

/** `package.json`, `tsconfig.json` and what else makes the output a package that can be published. */
export const packageFiles: Template = {
  name: 'package',
  files: (api): readonly OutputFile[] => [
    { path: 'package.json', text: `${JSON.stringify(manifest(api), null, 2)}\n` },
    { path: 'tsconfig.json', text: jsonText(compilerSettings) },
  ],
};

/** What `package.json` of the client holds. */
export function manifest(api: Api): Readonly<Record<string, unknown>> {
  const { batch } = api;
  const { name, members, additions } = api.package;
  const optional = additions.optionalPeerDependencies ?? {};
  const peers = { ...additions.peerDependencies, ...optional };
  const groups = api.groups.map(({ name }) => name);
  const modules = [
    'client',
    ...groups,
    ...(batch ? ['batch/index', ...batch.groups.map(({ name }) => `batch/${name}`)] : []),
    ...(batch?.node ? ['node'] : []),
  ];
  const own = {
    name,
    version: api.package.version,
    description: `A typed client for ${oneLine(api.title)}.`,
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20.19' },
    exports: {
      '.': entry('index'),
      ...Object.fromEntries(
        modules.map((module) => [`./${module.replace(/\/index$/, '')}`, entry(module)]),
      ),
      ...Object.fromEntries(
        Object.entries(additions.exports ?? {}).map(([path, module]) => [path, entry(module)]),
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
    scripts: { build: 'tsc', prepack: 'npm run build' },
    ...(hasMembers(additions.dependencies) && { dependencies: additions.dependencies }),
    ...(hasMembers(peers) && { peerDependencies: peers }),
    ...(hasMembers(optional) && {
      peerDependenciesMeta: Object.fromEntries(
        Object.keys(optional).map((peer) => [peer, { optional: true }]),
      ),
    }),
    devDependencies: {
      '@types/node': '^20.19.0',
      ...peers,
      ...additions.devDependencies,
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

function entry(module: string): Readonly<Record<string, string>> {
  return { types: `./dist/${module}.d.ts`, default: `./dist/${module}.js` };
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
