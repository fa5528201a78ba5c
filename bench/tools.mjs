import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A generator with its settings: one row of the table.
 * @typedef {object} Tool
 * @property {string} name the row's label, and what `--only` takes
 * @property {string} version
 * @property {(document: string, folder: string) => readonly string[]} argv
 *   what `node` is called with, to write into `folder`
 * @property {(document: string, folder: string) => Readonly<Record<string, string>>} [config]
 *   files that the command needs in `folder`
 * @property {RegExp} declares finds, in its first group, the name of each operation declared
 * @property {(path: string) => boolean} [isModule] which files, by their path in `folder`, declare operations;
 *   default: all
 * @property {import('prettier').Options} [formatted]
 *   the output is laid out as prettier would with these options, and is checked to be
 * @property {boolean} [again] runs over the output of its first run, which must not change
 */

export const ours = 'batchwright';

const root = fileURLToPath(new URL('..', import.meta.url));
const installed = fileURLToPath(new URL('node_modules', import.meta.url));
const exportedFunction = /^export (?:async )?function (\w+)/gm;
const exportedConst = /^export const (\w+) =\s/gm;
const interfaceMember = /^ {4}(\w+): \{$/gm;

/** @type {Omit<Tool, 'name'>} */
const batchwright = {
  version: versionIn(root),
  argv: (document, folder) => [
    join(root, 'dist/bin/cli.js'),
    'generate',
    `--input=${document}`,
    `--output=${join(folder, 'out')}`,
    '--dialect=meraki',
    '--name=meraki',
  ],
  declares: exportedFunction,
  // A batch builder has the name of its operation, so it would stand in for a lost one.
  isModule: (path) => !/[\\/](batch|runtime)[\\/]/.test(path),
  formatted: { printWidth: 100, singleQuote: true },
};

/** @type {Omit<Tool, 'name' | 'argv'>} */
const heyApi = {
  version: versionIn(join(installed, '@hey-api/openapi-ts')),
  declares: exportedConst,
};
const heyApiBin = join(installed, '@hey-api/openapi-ts/bin/run.js');

/** @type {Omit<Tool, 'name' | 'argv'>} */
const orval = { version: versionIn(join(installed, 'orval')), declares: exportedConst };

/**
 * @param {string} document
 * @param {string} folder
 */
const orvalArgv = (document, folder) => [
  join(installed, 'orval/dist/bin/orval.mjs'),
  `--input=${document}`,
  `--output=${join(folder, 'out/api.ts')}`,
  '--client=fetch',
  '--mode=single',
];

/** @type {readonly Tool[]} */
export const tools = [
  { name: ours, ...batchwright },
  { name: `${ours} unchanged`, ...batchwright, again: true },
  {
    name: 'oazapfts',
    version: versionIn(join(installed, 'oazapfts')),
    argv: (document, folder) => [
      join(installed, 'oazapfts/dist/cli.js'),
      document,
      join(folder, 'out.ts'),
      '--argumentStyle=object',
    ],
    declares: exportedFunction,
  },
  { name: 'orval', ...orval, argv: orvalArgv },
  {
    name: 'orval + prettier',
    ...orval,
    argv: (document, folder) => [...orvalArgv(document, folder), '--formatter=prettier'],
    formatted: {},
  },
  {
    name: 'openapi-typescript',
    version: versionIn(join(installed, 'openapi-typescript')),
    argv: (document, folder) => [
      join(installed, 'openapi-typescript/bin/cli.js'),
      document,
      `--output=${join(folder, 'out.ts')}`,
    ],
    declares: interfaceMember,
  },
  {
    name: 'hey-api',
    ...heyApi,
    argv: (document, folder) => [
      heyApiBin,
      `--input=${document}`,
      `--output=${join(folder, 'out')}`,
      '--client=@hey-api/client-fetch',
      '--no-log-file',
    ],
  },
  {
    name: 'hey-api + prettier',
    ...heyApi,
    argv: (_document, folder) => [heyApiBin, '--file', join(folder, 'hey-api.json')],
    // Formatting has no flag; a configuration file in JSON costs no TypeScript loader.
    config: (document, folder) => ({
      'hey-api.json': JSON.stringify({
        input: document,
        output: { path: join(folder, 'out'), postProcess: ['prettier'] },
        plugins: ['@hey-api/client-fetch'],
        logs: { file: false },
      }),
    }),
    formatted: {},
  },
];

/**
 * @param {string} folder a package
 * @returns {string}
 */
function versionIn(folder) {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) throw new Error(`${file} is absent: run \`npm --prefix bench ci\` first`);
  return JSON.parse(readFileSync(file, 'utf8')).version;
}
