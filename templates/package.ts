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

function manifest(api: Api): Readonly<Record<string, unknown>> {
  const { batch } = api;
  const groups = api.groups.map(({ name }) => name);
  const modules = [
    'client',
    ...groups,
    ...(batch ? ['batch/index', ...batch.groups.map(({ name }) => `batch/${name}`)] : []),
    ...(batch?.node ? ['node'] : []),
  ];
  return {
    name: api.package.name,
    version: versionOf(api.version),
    description: `A typed client for ${oneLine(api.title)}.`,
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20.19' },
    exports: {
      '.': entry('index'),
      ...Object.fromEntries(
        modules.map((module) => [`./${module.replace(/\/index$/, '')}`, entry(module)]),
      ),
      './package.json': './package.json',
    },
    files: ['dist', 'src', 'api.md'],
    scripts: { build: 'tsc', prepack: 'npm run build' },
    devDependencies: { '@types/node': '^20.19.0', typescript: '>=5.9' },
    prettier: { printWidth: 100, singleQuote: true },
    ...api.package.members,
  };
}

function entry(module: string): Readonly<Record<string, string>> {
  return { types: `./dist/${module}.d.ts`, default: `./dist/${module}.js` };
}

/** The document's version where npm takes it for one; `1.2` is completed. */
function versionOf(version: string): string {
  const [, plain = ''] = /^v?(\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?)$/.exec(version) ?? [];
  const [numbers = '', ...pre] = plain.split('-');
  if (numbers === '' || numbers.split('.').some((part) => part.length > 9 || /^0\d/.test(part)))
    return '0.0.0';
  const [major = '0', minor = '0', patch = '0'] = numbers.split('.');
  const tail = pre.join('-');
  return /^([1-9]\d*|0|\d*[A-Za-z-][0-9A-Za-z-]*)(\.([1-9]\d*|0|\d*[A-Za-z-][0-9A-Za-z-]*))*$/.test(
    tail,
  )
    ? `${major}.${minor}.${patch}-${tail}`
    : `${major}.${minor}.${patch}`;
}

function oneLine(text: string): string {
  return visible(text.slice(0, 200)).replaceAll(/\s+/g, ' ').trim();
}

const compilerSettings = {
  compilerOptions: {
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
    module: 'nodenext',
    types: ['node'],
    rootDir: 'src',
    outDir: 'dist',
    declaration: true,
    declarationMap: true,
    sourceMap: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    isolatedDeclarations: true,
    erasableSyntaxOnly: true,
    skipLibCheck: false,
  },
  include: ['src'],
};
