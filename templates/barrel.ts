import type { Api, ModuleExports } from '../generator/ir/api.ts';
import { noDoc } from '../generator/ir/doc.ts';
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
    const scope = { module: 'index', modules: api.modules };
    const bound = printModule(scope, (file) => clientObject(api, file));
    const lists = api.exports.map(exportList).join('');
    return [{ path: 'src/index.ts', text: `${banner}${bound}\n${lists}` }];
  },
};

function exportList({ module, names }: ModuleExports): string {
  if (names.length === 0) return '';
  const onlyTypes = names.every(({ isType }) => isType);
  const list = names.map(({ name, as, isType }) => {
    const text = as === undefined ? name : `${name} as ${as}`;
    return isType && !onlyTypes ? `type ${text}` : text;
  });
  const head = onlyTypes ? 'export type ' : 'export ';
  const from = ` from './${module}.js';`;
  return `${head}${braced(list, head.length, from.length)}${from}\n`;
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
