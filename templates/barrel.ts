import type { Api } from '../generator/ir/api.ts';
import type { Group } from '../generator/ir/ir.ts';
import { docOfText, noDoc } from '../generator/ir/doc.ts';
import {
  exportAllLine,
  exportLine,
  printModule,
  type SourceFile,
  type,
  value,
} from '../generator/print/code.ts';
import { call, string, text } from '../generator/print/expression.ts';
import { between, comment, laidExpression, member } from '../generator/print/laid.ts';
import { hasRows, rowsOf } from './operation-rows.ts';
import { signature } from '../generator/print/signature.ts';
import { banner, type Template } from '../generator/template.ts';

/** `src/index.ts`: everything, and the client object that binds it all. */
export const barrel: Template = {
  name: 'barrel',
  files(api) {
    const scope = { module: 'index', modules: api.modules };
    const bound = printModule(scope, (file) => clientObject(api, file));
    const lists = api.exports.map(({ module, names, isWhole }) =>
      (isWhole ? exportAllLine : exportLine)(names, `./${module}.js`),
    );
    return [{ path: 'src/index.ts', text: `${banner}${bound}\n${lists.join('')}` }];
  },
};

function clientObject(api: Api, file: SourceFile): string {
  const { code } = file;
  const { name: clientName, ...facts } = api.client;
  const hasBatch = api.batch !== undefined;
  const client = type('Client', 'runtime/client');
  const bound = file.uses(type('Bound', 'runtime/bind'));
  const imports = api.groups
    .map((group) => {
      const how = hasRows(group, api.rows) ? 'import type' : 'import';
      return `${how} * as ${local(group.name)} from './${group.name}.js';\n`;
    })
    .join('');
  const methods = (group: Group): string => {
    const module = local(group.name);
    if (!hasRows(group, api.rows)) {
      const bind = file.uses(value('bind', 'runtime/bind'));
      return code`    ${member(group.name, call(bind, text('client'), text(module)))}\n`;
    }
    const bindRows = file.uses(value('bindRows', 'runtime/bind-rows'));
    const rows = text(file.uses(rowsOf(group.name)));
    const made = call(`${bindRows}<typeof ${module}>`, text('client'), rows);
    return code`    get ${group.name}() {\n      return ${laidExpression(made)};\n    },\n`;
  };
  const about = comment({
    ...noDoc,
    summary: api.title,
    description: api.version === '' ? '' : `Version ${api.version} of its document.`,
  });
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
  const checked = facts.credentials
    .filter(({ required }) => required)
    .map(({ option }) => {
      const check = file.uses(value('checkCredential', 'runtime/transport/check-credential'));
      return code`      ${member(option, call(check, text(`options.${option}`), string(option)))}\n`;
    });
  const options = [
    file.uses(type(`${clientName}Options`, 'client')),
    file.uses(type('TransportOptions', 'runtime/transport/transport')),
    file.uses(type('ValidateOption', 'runtime/schema/validating')),
  ];
  const head = signature({
    name: `create${clientName}`,
    params: [{ name: 'options', types: options }],
    result: { name: clientName, args: [] },
  });
  return code`${imports === '' ? '' : `${imports}\n`}${about}export interface ${clientName} {
  /** For functions that take a client. */
  readonly client: ${client};
${api.groups.map(
  ({ name, description }) =>
    code`  ${comment(docOfText(description))}readonly ${name}: ${bound}<${between(`typeof ${local(name)}`)}>;\n`,
)}${
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
  const client = ${value('validating', 'runtime/schema/validating')}(
    ${value('withLogger', 'runtime/transport/logged')}(${value('createClient', 'client')}, {
${settings.map((setting) => `      ${setting},\n`)}${checked}    }),
    options,
  );
${hasBatch ? code`  let batch: ${type('Batch', 'batch/index')} | undefined;\n` : ''}  return {
    client,
${api.groups.map(methods)}${
    hasBatch
      ? code`    get batch() {
      return (batch ??= ${value('createBatch', 'batch/index')}(client));
    },\n`
      : ''
  }  };
}
`;
}

/** The module's name inside the barrel, where a group may be called as an export is. */
function local(group: string): string {
  return `${group}Module`;
}
