import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Case, Draft } from '../../test/validators/suite.ts';

/** Another generator of validators, with its own defaults. */
export interface Peer {
  readonly name: string;
  readonly packageName: string;
  /** Its settings, beside `openapi.json`. It writes into `out`. */
  readonly settings: Readonly<Record<string, string>>;
  /** Its command, below `node_modules`, and the arguments. */
  readonly command: readonly string[];
  /** What it calls the schema of a component. */
  readonly schemaName: (component: string) => string;
}

const heyApi = (library: 'zod' | 'valibot', prefix: string): Peer => ({
  name: `hey-api, ${library}`,
  packageName: '@hey-api/openapi-ts',
  settings: {
    'openapi-ts.config.mjs': `export default { input: './openapi.json', output: './out', plugins: ['${library}'] };`,
  },
  command: ['@hey-api/openapi-ts/bin/run.js', '-f', 'openapi-ts.config.mjs'],
  schemaName: (component) => `${prefix}${component}`,
});

export const peers: readonly Peer[] = [
  heyApi('zod', 'z'),
  heyApi('valibot', 'v'),
  {
    name: 'orval, zod',
    packageName: 'orval',
    settings: {
      'orval.config.mjs': `export default { cases: { input: './openapi.json', output: { client: 'zod', mode: 'single', target: './out/index.ts' } } };`,
    },
    command: ['orval/dist/bin/orval.mjs', '--config', './orval.config.mjs'],
    // Its schemas are those of operations.
    schemaName: (component) => `Send${component}Body`,
  },
  {
    name: 'kubb, zod',
    packageName: '@kubb/plugin-zod',
    settings: {
      'kubb.config.mjs': `import { pluginOas } from '@kubb/plugin-oas';
import { pluginZod } from '@kubb/plugin-zod';
export default {
  root: import.meta.dirname,
  input: { path: './openapi.json' },
  output: { path: 'out', format: false, lint: false },
  plugins: [pluginOas({ generators: [], validate: false }), pluginZod({ version: '4', output: { path: 'zod' } })],
};`,
    },
    command: ['@kubb/cli/bin/kubb.cjs', 'generate', '--config=kubb.config.mjs'],
    schemaName: (component) => `${component.charAt(0).toLowerCase()}${component.slice(1)}Schema`,
  },
];

/** Where the peers are installed; npm runs scripts at the project's root. */
export const modules: string = resolve('bench/validators/node_modules');

export function versionOf({ packageName }: Peer): string {
  // A manifest of npm.
  const { version } = JSON.parse(
    readFileSync(join(modules, packageName, 'package.json'), 'utf8'),
  ) as { readonly version: string };
  return version;
}

/** The document of the cases: each is a component, and the body of an operation that needs it. */
export function peerDocument({ openapi }: Draft, cases: readonly Case[]): object {
  const paths = cases.map(({ name }) => [
    `/${name}`,
    {
      post: {
        operationId: `send${name}`,
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
        },
        responses: { 204: { description: 'Done' } },
      },
    },
  ]);
  return {
    openapi,
    info: { title: 'Cases', version: '1' },
    paths: Object.fromEntries(paths),
    components: { schemas: Object.fromEntries(cases.map(({ name, schema }) => [name, schema])) },
  };
}
