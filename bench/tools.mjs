import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @import { DocumentName } from './documents.mjs' */

/**
 * A generator with its settings: one row of the table.
 * @typedef {object} Tool
 * @property {string} name the row's label, and what `--only` takes
 * @property {string} version
 * @property {(document: string, folder: string, name: DocumentName) => readonly string[]} argv
 *   what `node` is called with, to write into `folder`
 * @property {(document: string, folder: string) => Readonly<Record<string, string>>} [config]
 *   files that the command needs in `folder`
 * @property {RegExp} declares finds, in its first group, the name of each operation declared, or in its second one
 *   the operationId that it is printed with, where that is too long for a name
 * @property {(path: string) => boolean} [isModule] which files, by their path in `folder`, declare operations;
 *   default: all
 * @property {import('prettier').Options} [formatted]
 *   the output is laid out as prettier would with these options, and is checked to be
 * @property {boolean} [isFloor] writes as many bytes, and declares nothing
 * @property {boolean} [again] runs over the output of its first run, which must not change
 */

export const ours = 'batchwright';

const root = fileURLToPath(new URL('..', import.meta.url));
/** The checkout that is measured: another one where `--compare` says so. */
const measured = process.env['BENCH_CHECKOUT'] ?? root;
const installed = fileURLToPath(new URL('node_modules', import.meta.url));
const exportedFunction = /^export (?:async )?function (\w+)/gm;
const ownOperation = /^export (?:async )?function (\w+)|^ +id: '([^']+)',$/gm;
const staticMethod = /^ {4}public static (\w+)\(/gm;
const exportedConst = /^export const (\w+) =\s/gm;
const interfaceMember = /^ {4}(\w+): \{$/gm;

/** @type {Omit<Tool, 'name'>} */
const batchwright = {
  version: versionIn(root),
  argv: generating,
  declares: ownOperation,
  // A batch builder has the name of its operation, so it would stand in for a lost one.
  isModule: (path) => !/[\\/](batch|runtime)[\\/]/.test(path),
  formatted: { printWidth: 100, singleQuote: true },
};

/** How many bytes each file of our output has, by document.
 * @type {Map<string, string>} */
const sizes = new Map();

/**
 * What every generator has to do: the document is parsed, and as many bytes are written in as many files.
 * @type {Omit<Tool, 'name'>}
 */
const floor = {
  version: '',
  isFloor: true,
  declares: exportedFunction,
  argv(document, folder, name) {
    let list = sizes.get(document);
    if (list === undefined) sizes.set(document, (list = JSON.stringify(sizesOf(document, name))));
    return [join(root, 'bench/floor.mjs'), document, join(folder, 'out'), list];
  },
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
  { name: 'floor', ...floor },
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
    name: 'openapi-typescript-codegen',
    version: versionIn(join(installed, 'openapi-typescript-codegen')),
    argv: (document, folder) => [
      join(installed, 'openapi-typescript-codegen/bin/index.js'),
      `--input=${document}`,
      `--output=${join(folder, 'out')}`,
      '--useOptions',
    ],
    declares: staticMethod,
  },
  {
    name: 'kubb',
    version: versionIn(join(installed, '@kubb/core')),
    argv: (_document, folder) => [
      join(installed, '@kubb/cli/bin/kubb.cjs'),
      'generate',
      `--config=${join(folder, 'kubb.config.mjs')}`,
    ],
    config: (document) => ({ 'kubb.config.mjs': kubbConfig(document) }),
    declares: exportedFunction,
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

/**
 * @param {string} document
 * @param {string} folder
 * @param {DocumentName} name
 * @returns {readonly string[]}
 */
function generating(document, folder, name) {
  const command = [join(measured, 'dist/bin/cli.js'), 'generate', `--input=${document}`];
  const isMeraki = name === 'embedded' || name === 'full';
  return [
    ...command,
    `--output=${join(folder, 'out')}`,
    '--name=meraki',
    ...(isMeraki ? ['--dialect=meraki'] : []),
  ];
}

/**
 * @param {string} document
 * @param {DocumentName} name
 * @returns {readonly number[]}
 */
function sizesOf(document, name) {
  const folder = mkdtempSync(join(tmpdir(), 'batchwright-floor-'));
  try {
    execFileSync(process.execPath, generating(document, folder, name), { stdio: 'ignore' });
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Functions on `fetch` with their types, without a layout.
 * @param {string} document
 */
function kubbConfig(document) {
  const plugin = (/** @type {string} */ name) =>
    JSON.stringify(join(installed, `@kubb/plugin-${name}/dist/index.js`));
  return `import { pluginClient } from ${plugin('client')};
import { pluginOas } from ${plugin('oas')};
import { pluginTs } from ${plugin('ts')};
export default {
  root: import.meta.dirname,
  input: { path: ${JSON.stringify(document)} },
  output: { path: 'out', format: false, lint: false },
  plugins: [pluginOas({ generators: [], validate: false }), pluginTs(), pluginClient({ client: 'fetch' })],
};
`;
}
