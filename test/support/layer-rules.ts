import type { Layers } from './layers.ts';

const json = 'generator/json';
const diagnostics = 'generator/diagnostics';
const ir = 'generator/ir';
const print = 'generator/print';
const template = 'generator/template.ts';
const dialects = 'generator/dialects';
const load = 'generator/load';
const normalize = 'generator/normalize';
const config = 'generator/config';
const complete = 'generator/complete';
const write = 'generator/write';
const readApi = 'generator/read-api.ts';
export const runtime = 'templates/runtime';

/** The run-time of batches, each part above those before it. */
const batchParts = [
  'action',
  'pace',
  'protocol',
  'effects',
  'plan',
  'outcome',
  'journal',
  'verify',
  'preview',
  'run',
  'undo',
  'draft',
  'request',
].map((name) => `${runtime}/batch/${name}`);

const cli = 'templates/cli-runtime';

/** The run-time of the command line, each part above those before it; it sees nothing else of ours. */
const cliParts = [
  'terminal',
  'schema',
  'operations',
  'output',
  'access',
  'simulate',
  'call',
  'completion',
  'bulk',
  'run',
  'calls',
  'fleet',
  'mcp',
].map((name) => `${cli}/${name}`);

const cliLayers: Layers = {
  [cli]: cliParts,
  ...Object.fromEntries(cliParts.map((part, index) => [part, cliParts.slice(0, index)])),
};

/** What each layer sees: docs/architecture.md. The edges from the generator to the templates are two. */
export const layers: Layers = {
  [json]: [],
  [diagnostics]: [json],
  [ir]: [json],
  [print]: [ir, json],
  [dialects]: [diagnostics, ir, json, `${runtime}/batch/protocol`, `${runtime}/batch/request`],
  [template]: [dialects, ir],
  [load]: [diagnostics, json, 'generator/own-package.ts'],
  [normalize]: [diagnostics, ir, json],
  [config]: [diagnostics, dialects, ir, json, load, normalize, print, template],
  [complete]: [config, dialects, ir, json],
  [write]: [diagnostics, json, template],
  'generator/own-package.ts': [],
  'generator/stopwatch.ts': [],
  'generator/bind.ts': [diagnostics, dialects, ir, json],
  'generator/further-hosts.ts': [diagnostics, dialects, ir],
  'generator/check-values.ts': [diagnostics, config, complete, ir],
  [readApi]: [
    'generator/further-hosts.ts',
    config,
    diagnostics,
    dialects,
    'generator/bind.ts',
    ir,
    json,
    load,
    normalize,
    'generator/stopwatch.ts',
  ],
  'generator/runtime.ts': [print],
  'generator/packed-runtime.ts': ['generator/own-package.ts', 'generator/runtime.ts'],
  'generator/pack-runtime.ts': [
    'generator/own-package.ts',
    'generator/packed-runtime.ts',
    'generator/runtime.ts',
  ],
  'generator/third-party-notices.ts': ['generator/own-package.ts'],
  'generator/runtime-files.ts': [ir, print, 'generator/runtime.ts', template],
  'generator/missing-modules.ts': [diagnostics, ir, print, template, write],
  'generator/generate.ts': [
    'generator/check-values.ts',
    complete,
    config,
    diagnostics,
    'generator/missing-modules.ts',
    'generator/packed-runtime.ts',
    readApi,
    'generator/release',
    'generator/runtime-files.ts',
    'generator/stopwatch.ts',
    ir,
    template,
    'templates',
    write,
  ],
  'generator/record': [config, diagnostics, json, load, write],
  'generator/release': [
    complete,
    config,
    diagnostics,
    'generator/diff',
    json,
    readApi,
    'generator/record',
    template,
    write,
  ],
  'generator/diff': [
    'generator/record',
    config,
    complete,
    diagnostics,
    dialects,
    ir,
    json,
    load,
    normalize,
    'generator/own-package.ts',
    'generator/packed-runtime.ts',
    readApi,
    'generator/runtime-files.ts',
    template,
    write,
  ],
  'generator/migrate': [
    complete,
    dialects,
    'generator/diff',
    ir,
    'generator/packed-runtime.ts',
    'generator/runtime.ts',
    'generator/runtime-files.ts',
    template,
  ],
  'generator/explore.ts': [complete, config, diagnostics, 'generator/diff', 'templates/explorer'],
  'generator/validate': [diagnostics, json, load, readApi],
  'generator/inspect.ts': [diagnostics, ir, readApi],
  'generator/index.ts': [config, diagnostics, 'generator/generate.ts', write],
  'generator/cli': [
    complete,
    readApi,
    config,
    diagnostics,
    dialects,
    'generator/diff',
    'generator/explore.ts',
    'generator/generate.ts',
    'generator/inspect.ts',
    load,
    'generator/migrate',
    'generator/own-package.ts',
    'generator/record',
    'generator/validate',
    ir,
    write,
  ],
  'generator/cli.ts': ['generator/cli'],
  'generator/pull': [diagnostics, 'generator/diff', load, readApi, 'generator/validate'],
  'generator/spec-pull.ts': ['generator/pull'],
  templates: [ir, print, template, 'templates/explorer', `${runtime}/row-names.ts`],
  'templates/explorer': ['generator/own-package.ts', ir, print, template, 'templates'],
  'templates/explorer/page': ['templates/explorer', runtime, ...batchParts],
  ...cliLayers,
  [`${runtime}/row-names.ts`]: [],
  [runtime]: [`${runtime}/row-names.ts`],
  [`${runtime}/batch`]: [runtime, ...batchParts],
  [`${runtime}/fleet`]: [runtime, ...batchParts],
  ...Object.fromEntries(
    batchParts.map((part, index) => [part, [runtime, ...batchParts.slice(0, index)]]),
  ),
};

interface Exceptions {
  /** What imports lead from and to. */
  readonly imports: readonly (readonly [from: string, to: string])[];
  /** All modules of each circle: one more module in it is against the rules. */
  readonly circles: readonly (readonly string[])[];
  /** By file, why it is long. */
  readonly long: Readonly<Record<string, string>>;
}

/**
 * What is still against the rules. The lists only get shorter, until they are empty: a test refuses
 * an exception that nothing needs any more.
 */
export const exceptions: Exceptions = {
  imports: [],
  circles: [],
  long: {
    'test/documents/hostile/positions.ts': 'a table: one row for each place of a document',
    'test/documents/hostile/structures.ts': 'a table: one row for each shape of a document',
    'test/generator/print/arbitrary-api.ts': 'one generator, whose parts call each other',
    'test/simulators/meraki.ts': 'one server, whose routes share its state',
  },
};
