import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A figure of the bench. What it is compared with was measured in the same run, in turns.
 * @typedef {object} Row
 * @property {string} what
 * @property {string} value
 * @property {string} goal at most, unless it says otherwise
 */

/**
 * A part of the bench: a script that prints figures as JSON, and the rows that are made of them.
 * @typedef {object} Part
 * @property {string} name what `--only` takes
 * @property {string} title
 * @property {string} command what a developer runs for this part alone
 * @property {(rounds: number) => readonly string[]} argv
 * @property {number} [most] rounds that are enough, where one takes long
 * @property {boolean} [onOneCore] whether all of it runs on one core, which takes Linux
 * @property {(printed: any) => readonly Row[]} rows
 */

const script = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));
const generation = script('generation.mjs');

/**
 * @param {string} document
 * @param {string} title
 * @param {readonly string[]} peers
 * @param {(of: Ratios) => readonly Row[]} rows
 * @returns {Part}
 */
const generating = (document, title, peers, rows) => ({
  name: document,
  title,
  command: `npm run bench:generation -- --document ${document}`,
  argv: (rounds) => [
    generation,
    `--document=${document}`,
    `--only=${['batchwright', ...peers].join(',')}`,
    `--runs=${rounds}`,
    '--json',
  ],
  rows: (printed) => rows(ratiosOf(printed)),
});

/** @typedef {ReturnType<typeof ratiosOf>} Ratios */

/** @param {any} printed */
function ratiosOf({ documents }) {
  const tools = documents[0]?.tools ?? [];
  const of = (/** @type {string} */ name) =>
    tools.find((/** @type {any} */ tool) => tool.name === name)?.median;
  const own = of('batchwright');
  const shown = (/** @type {number | undefined} */ value, digits = 2) =>
    value === undefined || Number.isNaN(value) ? '–' : value.toFixed(digits);
  return {
    /** @param {string} peer @param {'wall' | 'cpu' | 'memory'} figure */
    to: (peer, figure) => shown(own?.[figure] / of(peer)?.[figure]),
    /** @param {string} name @param {'wall' | 'cpu' | 'memory'} figure */
    from: (name, figure) => shown(of(name)?.[figure] / own?.[figure]),
    mebibytes: shown(own?.memory / 2 ** 20, 0),
  };
}

const row = (/** @type {[string, string, string]} */ ...[what, value, goal]) => ({
  what,
  value,
  goal,
});

/** @type {readonly Part[]} */
export const parts = [
  generating(
    'full',
    'Meraki v1.42.0, 667 operations',
    [
      'batchwright unchanged',
      'floor',
      'oazapfts',
      'orval',
      'openapi-typescript-codegen',
      'kubb',
      'openapi-typescript',
      'hey-api',
    ],
    ({ to, from, mebibytes }) => [
      row('wall time of oazapfts', to('oazapfts', 'wall'), '0.30'),
      row('CPU of oazapfts', to('oazapfts', 'cpu'), '0.30'),
      row('memory of oazapfts', to('oazapfts', 'memory'), ''),
      row('wall time of orval', to('orval', 'wall'), ''),
      row('wall time of openapi-typescript', to('openapi-typescript', 'wall'), ''),
      row('wall time of openapi-typescript-codegen', to('openapi-typescript-codegen', 'wall'), ''),
      row('wall time of kubb', to('kubb', 'wall'), ''),
      row('wall time of hey-api', to('hey-api', 'wall'), ''),
      row('wall time of the floor', to('floor', 'wall'), '3'),
      row('again, unchanged, of the first run', from('batchwright unchanged', 'wall'), '0.20'),
      row('peak memory, MiB', mebibytes, '100'),
    ],
  ),
  generating(
    'circleci',
    'circleci, 22 operations',
    ['floor', 'openapi-typescript-codegen'],
    ({ to }) => [
      row(
        'wall time of openapi-typescript-codegen',
        to('openapi-typescript-codegen', 'wall'),
        '0.75',
      ),
      row('CPU of openapi-typescript-codegen', to('openapi-typescript-codegen', 'cpu'), ''),
      row('wall time of the floor', to('floor', 'wall'), ''),
    ],
  ),
  generating('stripe', 'Stripe, 452 operations', ['floor', 'oazapfts'], ({ to }) => [
    row('wall time of oazapfts', to('oazapfts', 'wall'), '0.25'),
    row('CPU of oazapfts', to('oazapfts', 'cpu'), ''),
    row('wall time of the floor', to('floor', 'wall'), ''),
  ]),
  {
    ...generating(
      'github',
      'GitHub, 845 operations',
      ['floor', 'oazapfts'],
      ({ to, mebibytes }) => [
        row('wall time of oazapfts', to('oazapfts', 'wall'), '0.25'),
        row('CPU of oazapfts', to('oazapfts', 'cpu'), ''),
        row('wall time of the floor', to('floor', 'wall'), '4'),
        row('peak memory, MiB', mebibytes, '150'),
      ],
    ),
    most: 5,
  },
  {
    ...generating(
      'graph',
      'Microsoft Graph v1',
      ['batchwright unchanged', 'floor', 'oazapfts'],
      ({ to, from, mebibytes }) => [
        row('wall time of oazapfts', to('oazapfts', 'wall'), '0.15'),
        row('CPU of oazapfts', to('oazapfts', 'cpu'), ''),
        row('wall time of the floor', to('floor', 'wall'), '5'),
        row('again, unchanged, of the first run', from('batchwright unchanged', 'wall'), '0.05'),
        row('peak memory, MiB', mebibytes, '400'),
      ],
    ),
    most: 3,
  },
  {
    ...generating('full', 'Meraki v1.42.0 on one core', ['floor', 'oazapfts'], ({ to }) => [
      row('wall time of oazapfts', to('oazapfts', 'wall'), '0.25'),
      row('wall time of the floor', to('floor', 'wall'), ''),
    ]),
    name: 'one-core',
    command: 'npm run bench -- --only one-core',
    onOneCore: true,
  },
  {
    name: 'calls',
    title: 'A call, beside `fetch`',
    command: 'npm run bench:client',
    argv: (rounds) => [script('client/run.mjs'), '--rounds', `${rounds}`, '--json'],
    rows: callRows,
  },
  {
    name: 'weight',
    title: 'Bundles and imports',
    command: 'npm run bench:weight',
    argv: (rounds) => [script('weight.mjs'), '--runs', `${rounds * 2}`, '--json'],
    rows: weightRows,
  },
  {
    name: 'types',
    title: 'Checking the emitted sources',
    command: 'npm run bench:types',
    argv: (rounds) => [script('types.mjs'), '--runs', `${rounds}`, '--json'],
    rows: ({ rows: [ours, declared] }) => [
      row('CPU of TypeScript 5.9, of oazapfts’', ours[2], '1.10'),
      row('with the run-time as declarations', declared[2], ''),
    ],
  },
  {
    name: 'plan',
    title: 'A plan of 1,000,000 actions',
    command: 'npm run bench:plan',
    argv: (rounds) => [script('planning.mjs'), '--runs', `${rounds}`],
    rows: ({ planning, megabytes }) => [
      row('CPU, s', planning.toFixed(1), '3'),
      row('peak memory with the actions, MB', `${megabytes}`, '500'),
    ],
  },
  {
    name: 'run',
    title: 'A run of 10,000 actions',
    command: 'npm run bench:run',
    argv: (rounds) => [script('running.mjs'), '--runs', `${rounds}`],
    rows: ({ none, memory, file }) => [
      row('CPU an action, µs', none.toFixed(0), '120'),
      row('CPU an action with a journal in memory, µs', memory.toFixed(0), '120'),
      row('CPU an action with a journal in a file, µs', file.toFixed(0), '120'),
    ],
  },
];

/** @param {{ readonly rows: readonly (readonly string[])[] }} printed name, then CPU, time and memory with ratios */
function callRows({ rows }) {
  /** @type {Readonly<Record<string, readonly [cpu: string, memory: string]>>} */
  const goals = {
    'small createClient': ['1.10', ''],
    'small createMeraki': ['1.20', ''],
    'large createClient': ['1.00', '1.05'],
    'large createMeraki': ['1.10', '1.15'],
    'pages createClient': ['1.10', ''],
    'pages createMeraki': ['1.15', ''],
  };
  return rows
    .filter(([name = '']) => !/ fetch( parallel)?$/.test(name))
    .flatMap(([name = '', , cpu = '', , wall = '', , memory = '']) => {
      const [cpuGoal = '', memoryGoal = ''] = goals[name] ?? [];
      const found = [row(`${name}: CPU`, cpu, cpuGoal)];
      if (memoryGoal !== '') found.push(row(`${name}: memory`, memory, memoryGoal));
      if (/undici.* parallel$/.test(name)) {
        const goal = name === 'small undici parallel' ? 'at least 1.50' : '';
        found.push(row(`${name}: calls a second`, (1 / Number(wall)).toFixed(2), goal));
      }
      return found;
    });
}

/** @param {{ readonly bundles: readonly (readonly string[])[], readonly imports: readonly (readonly string[])[] }} printed */
function weightRows({ bundles, imports }) {
  /** @type {Readonly<Record<string, readonly [loaded: string, gzipped: string]>>} */
  const goals = {
    'the client object': ['95', '13'],
    'batch.run with one builder': ['55', ''],
  };
  return [
    ...bundles.flatMap(([name = '', loaded = '', gzipped = '', all = '']) => [
      row(`${name}: loaded at once, kB`, loaded, goals[name]?.[0] ?? ''),
      row(`${name}: gzipped, kB`, gzipped, goals[name]?.[1] ?? ''),
      row(`${name}: with all that may follow, kB`, all, ''),
    ]),
    ...imports.map(([path = '', cpu = '']) =>
      row(`import of \`${path}\`: CPU ms above bare node`, cpu, path === '.' ? '15' : ''),
    ),
  ];
}

/**
 * How often a part is measured where `rounds` is asked for.
 * @param {Part} part
 * @param {number} rounds
 */
export function roundsOf({ most }, rounds) {
  return Math.min(most ?? rounds, rounds);
}

/** Where the figures are kept that the page is written from. */
export const resultsFile = join(fileURLToPath(new URL('.', import.meta.url)), 'results.json');

/**
 * Measures a part. Where a tool failed, its figures are absent and those of the others count.
 * @param {Part} part
 * @param {number} rounds
 * @param {string} [checkout] the one that is measured; default: this one
 * @returns {readonly Row[]}
 */
export function rowsOf(part, rounds, checkout) {
  const env = checkout === undefined ? process.env : { ...process.env, BENCH_CHECKOUT: checkout };
  const argv = [process.execPath, ...part.argv(roundsOf(part, rounds))];
  const [command = '', ...rest] = part.onOneCore ? ['taskset', '-c', '0', ...argv] : argv;
  const { stdout } = spawnSync(command, rest, {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 26,
  });
  if (!stdout) throw new Error(`${part.name} measured nothing`);
  return part.rows(JSON.parse(stdout));
}
