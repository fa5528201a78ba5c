import type { Api } from '../generator/ir/api.ts';
import { noDoc } from '../generator/ir/doc.ts';
import type { Operation } from '../generator/ir/ir.ts';
import { declaredNames } from '../generator/ir/operation.ts';
import {
  braced,
  printModule,
  type Ref,
  type SourceFile,
  type,
  value,
} from '../generator/print/code.ts';
import { docComment } from '../generator/print/doc.ts';
import { fits } from '../generator/print/layout.ts';
import { signature } from '../generator/print/signature.ts';
import { banner, type Template } from '../generator/template.ts';

/** `src/index.ts`: everything, by name, and the client object that binds it all. */
export const barrel: Template = {
  name: 'barrel',
  files(api) {
    const { client } = api;
    const bound = printModule('index', api.modules.homes, (file) => clientObject(api, file));
    const lists = [
      ...api.groups.map((group) => exportsOf(names(group.operations), `./${group.name}.js`)),
      exportsOf(
        [
          ...api.types.map(({ name, members }) => (members ? name : `type ${name}`)),
          ...api.webhooks.map(({ typeName }) => `type ${typeName}`),
        ],
        './types.js',
      ),
      exportsOf(
        [
          ...(client.allowedHosts.length > 0 ? ['allowedUrls'] : []),
          'createClient',
          ...(client.rateLimit ? ['rateLimit'] : []),
          `type ${client.name}Options`,
        ],
        './client.js',
      ),
      exportsOf(
        ['type CallOptions', 'type Client', 'type ClientOptions', 'type RetryOptions'],
        './runtime/client.js',
      ),
      exportsOf(
        ['transport', 'type AttemptEvent', 'type Hooks', 'type TransportOptions'],
        './runtime/transport/transport.js',
      ),
      exportsOf(['ApiError', 'type ErrorCode'], './runtime/answers/errors.js'),
      exportsOf(['type Page', 'type Paged', 'type PageOptions'], './runtime/pages/paginate.js'),
      exportsOf(
        ['type Credential', 'type Secret', 'basic', 'bearer', 'cookieKey', 'headerKey', 'queryKey'],
        './runtime/transport/credentials.js',
      ),
      exportsOf(['type Limiter', 'tokenBucket'], './runtime/transport/rate-limit.js'),
    ];
    return [{ path: 'src/index.ts', text: `${banner}${bound}\n${lists.join('')}` }];
  },
};

function names(operations: readonly Operation[]): readonly string[] {
  return operations.flatMap((operation) => [
    operation.name,
    ...declaredNames(operation).map((name) => `type ${name}`),
  ]);
}

function exportsOf(list: readonly string[], from: string): string {
  if (list.length === 0) return '';
  const onlyTypes = list.every((name) => name.startsWith('type '));
  const plain = onlyTypes ? list.map((name) => name.slice('type '.length)) : list;
  const head = onlyTypes ? 'export type ' : 'export ';
  return `${head}${braced(plain, head.length, ` from '${from}';`.length)} from '${from}';\n`;
}

function clientObject(api: Api, file: SourceFile): string {
  const { code } = file;
  const { name: clientName, ...facts } = api.client;
  const hasBatch = api.batch !== undefined;
  const client = type('Client', 'runtime/client');
  const bound = type('Bound', 'runtime/bind');
  const imports = api.groups
    .map(({ name }) => `import * as ${local(name)} from './${name}.js';\n`)
    .join('');
  const doc = docComment(
    {
      ...noDoc,
      summary: api.title,
      description: api.version === '' ? '' : `Version ${api.version} of its document.`,
    },
    0,
  );
  const transport = value('transport', 'runtime/transport/transport');
  const allowed = facts.allowedHosts.length > 0 && value('allowedUrls', 'client');
  const settings = [
    ...(facts.rateLimit ? [code`limiter: ${value('rateLimit', 'client')}()`] : []),
    '...options',
    ...(facts.requiresUserAgent
      ? [
          code`userAgent: ${value('checkUserAgent', 'runtime/transport/user-agent')}(options.userAgent)`,
        ]
      : []),
    allowed
      ? code`fetch: ${transport}({ ${allowed}, ...options })`
      : code`fetch: ${transport}(options)`,
  ];
  const options = [
    file.uses(type(`${clientName}Options`, 'client')),
    file.uses(type('TransportOptions', 'runtime/transport/transport')),
  ];
  const head = signature({
    name: `create${clientName}`,
    params: [{ name: 'options', types: options }],
    result: { name: clientName, args: [] },
  });
  return code`${imports === '' ? '' : `${imports}\n`}${doc}export interface ${clientName} {
  /** For functions that take a client. */
  readonly client: ${client};
${api.groups.map((group) => code`${docComment({ ...noDoc, summary: group.description }, 2)}${boundMember(group.name, bound, file)}`)}${
    hasBatch
      ? code`  /** The same operations as actions of a batch. */\n  readonly batch: ${type('Batch', 'batch/index')};\n`
      : ''
  }}

/**
 * A client object with every operation of the API. {@link createClient} and single functions make
 * smaller bundles.
 */
${head} {
  ${value('checkBaseUrl', 'runtime/transport/base-url')}(options);
  const client = ${value('createClient', 'client')}({
${settings.map((setting) => `    ${setting},\n`)}  });
  return {
    client,
${api.groups.map(({ name }) => boundValue(name, value('bind', 'runtime/bind'), file))}${hasBatch ? code`    batch: ${value('createBatch', 'batch/index')}(client),\n` : ''}  };
}
`;
}

function boundMember(group: string, bound: Ref, { code }: SourceFile): string {
  const line = code`  readonly ${group}: ${bound}<typeof ${local(group)}>;`;
  if (fits(line, 0)) return `${line}\n`;
  return code`  readonly ${group}: ${bound}<\n    typeof ${local(group)}\n  >;\n`;
}

function boundValue(group: string, bind: Ref, { code }: SourceFile): string {
  const line = code`    ${group}: ${bind}(client, ${local(group)}),`;
  if (fits(line, 0)) return `${line}\n`;
  return code`    ${group}: ${bind}(\n      client,\n      ${local(group)},\n    ),\n`;
}

/** The module's name inside the barrel, where a group may be called as an export is. */
function local(group: string): string {
  return `${group}Module`;
}
