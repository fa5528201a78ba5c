import type { Api, CredentialOption } from '../../generator/ir/api.ts';
import type { BatchFlag, Batching } from '../../generator/ir/batch.ts';
import { isSimulated } from '../testing.ts';
import { propertyName, quote } from '../../generator/print/text.ts';
import { banner, type OutputFile, type Template } from '../../generator/template.ts';

/** `src/api.ts`: what the run-time of the command line knows of this API, and how it loads the client. */
export const cliApi: Template = {
  name: 'cli-api',
  files: (api): readonly OutputFile[] =>
    api.cli ? [{ path: 'src/api.ts', text: apiModule(api, api.cli.bin) }] : [],
};

function apiModule(api: Api, bin: string): string {
  const { client, batch, groups } = api;
  const name = api.package.name;
  const load = (key: string, module: string): string =>
    `${propertyName(key)}: () => import(${quote(`${name}/${module}`)}),`;
  const baseUrl = client.baseUrl && `  baseUrl: ${quote(client.baseUrl.default)},`;
  return [
    `${banner}import type { GeneratedApi } from './runtime/operations/generated-api.js';`,
    '',
    '/** The API, and how its client is loaded. */',
    'export const api: GeneratedApi = {',
    `  bin: ${quote(bin)},`,
    "  data: new URL('../data/', import.meta.url),",
    ...(baseUrl ? [baseUrl] : []),
    `  variables: [${client.variables.map(({ option }) => quote(option)).join(', ')}],`,
    ...list('credentials', client.credentials.map(credential)),
    ...(batch ? batchOf(batch) : []),
    '  modules: {',
    `    ${load('client', 'client')}`,
    ...(batch ? [`    ${load('batch', 'batch')}`, `    ${load('fleet', 'fleet')}`] : []),
    `    ${load('node', 'node')}`,
    ...(isSimulated(api) ? [`    ${load('simulate', 'testing')}`] : []),
    '    groups: {',
    ...groups.map((group) => `      ${load(group.name, group.name)}`),
    '    },',
    ...(batch
      ? [
          '    builders: {',
          ...batch.groups.map((group) => `      ${load(group.name, `batch/${group.name}`)}`),
          '    },',
        ]
      : []),
    '  },',
    '};',
    '',
  ].join('\n');
}

function batchOf(batch: Batching): readonly string[] {
  const scope = namesOf(batch.scope);
  const list = batch.kind === 'draft' ? batch.list : undefined;
  const options = batch.kind === 'request' ? batch.traits.version : [];
  const created = batch.kind === 'request' ? batch.traits.within : [];
  const further = [
    ...(options.length > 0 ? [`, options: ${namesOf([...new Set(options)])}`] : []),
    ...(created.length > 0 ? [`, created: ${namesOf(created)}`] : []),
  ].join('');
  if (!list) return [`  batch: { kind: ${quote(batch.kind)}, scope: ${scope}${further} },`];
  return [
    '  batch: {',
    `    kind: ${quote(batch.kind)},`,
    `    scope: ${scope},`,
    '    list: {',
    `      group: ${quote(list.group)},`,
    `      operation: ${quote(list.operation)},`,
    `      id: ${namesOf(list.id)},`,
    `      confirmed: ${flagOf(list.confirmed)},`,
    `      completed: ${flagOf(list.completed)},`,
    `      failed: ${flagOf(list.failed)},`,
    '    },',
    '  },',
  ];
}

function flagOf(flag: BatchFlag): string {
  return 'is' in flag
    ? `{ at: ${namesOf(flag.at)}, is: ${JSON.stringify(flag.is)} }`
    : namesOf(flag);
}

function namesOf(names: readonly string[]): string {
  return `[${names.map((name) => quote(name)).join(', ')}]`;
}

function list(name: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [`  ${name}: [],`];
  const line = `  ${name}: [${items.join(', ')}],`;
  return line.length <= 100
    ? [line]
    : [`  ${name}: [`, ...items.map((item) => `    ${item},`), '  ],'];
}

function credential({ option, required, scheme }: CredentialOption): string {
  const place =
    scheme.kind === 'apiKey' ? `, in: ${quote(scheme.in)}, name: ${quote(scheme.name)}` : '';
  return `{ option: ${quote(option)}, kind: ${quote(scheme.kind)}, required: ${required}${place} }`;
}
