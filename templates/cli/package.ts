import type { Api } from '../../generator/ir/api.ts';
import { jsonText } from '../../generator/print/json.ts';
import { banner, type OutputFile, type Template } from '../../generator/template.ts';
import { compilerSettings, manifest } from '../package.ts';

/** `package.json`, `tsconfig.json` and the module that `bin` names. */
export const cliPackage: Template = {
  name: 'cli-package',
  files: (api): readonly OutputFile[] =>
    api.cli
      ? [
          { path: 'package.json', text: manifestText(cliManifest(api, api.cli.name, api.cli.bin)) },
          { path: 'tsconfig.json', text: jsonText(settings) },
          { path: 'src/main.ts', text: mainModule },
        ]
      : [],
};

const mainModule = `#!/usr/bin/env node
${banner}import { api } from './api.js';
import { main } from './runtime/main.js';

process.exitCode = await main(api);
`;

const settings = {
  ...compilerSettings,
  compilerOptions: {
    ...compilerSettings.compilerOptions,
    target: 'es2023',
    lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
    skipLibCheck: true,
  },
};

/** The libraries of the run-time, with the versions that it was tested with. */
const dependencies = {
  '@modelcontextprotocol/node': '^2.1.2',
  '@modelcontextprotocol/server': '^2.4.0',
  'cli-table3': '^0.6.5',
  commander: '^14.0.3',
  'csv-parse': '^7.0.3',
  'csv-stringify': '^6.9.0',
  undici: '^7.30.2',
  yaml: '^2.9.1',
};

function manifestText(members: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(members, null, 2)}\n`;
}

function cliManifest(api: Api, name: string, bin: string): Readonly<Record<string, unknown>> {
  const client = manifest(api);
  const { version, license, repository, author } = client;
  return {
    name,
    version,
    description: `The command line of ${String(client['description']).replace(/^A typed client for /, '')}`,
    license,
    author,
    repository,
    type: 'module',
    engines: { node: '>=20.19' },
    bin: { [bin]: './dist/main.js' },
    files: ['dist', 'data'],
    scripts: { build: 'tsc', prepack: 'npm run build' },
    // The table of operations is that of this client and of no other.
    dependencies: { [api.package.name]: version, ...dependencies },
    devDependencies: { '@types/node': '^20.19.0', typescript: '>=5.9' },
    prettier: { printWidth: 100, singleQuote: true },
  };
}
