import type {
  Api,
  BaseUrl,
  ClientFactory,
  CredentialOption,
  VariableOption,
} from '../generator/ir/api.ts';
import type { Security } from '../generator/ir/ir.ts';
import { docOfText, noDoc } from '../generator/ir/doc.ts';
import { defaultUrl } from '../generator/ir/server.ts';
import { literals, scalar, unite } from '../generator/ir/type.ts';
import {
  exportLine,
  printModule,
  type Ref,
  type SourceFile,
  type,
  value,
} from '../generator/print/code.ts';
import {
  array,
  binary,
  call,
  type Expression,
  type Member,
  object,
  string,
  template,
  text,
} from '../generator/print/expression.ts';
import { after, comment, member, property } from '../generator/print/laid.ts';
import { heritage, signature } from '../generator/print/signature.ts';
import { propertyName, quote, templateText } from '../generator/print/text.ts';
import { credential, credentialDescription, credentialType } from './credentials.ts';
import { banner, type Template } from '../generator/template.ts';

/** `src/client.ts`: `createClient` with what this API needs: its base URL, credentials and limits. */
export const clientModule: Template = {
  name: 'client',
  files(api) {
    const { client, modules } = api;
    const printed = printModule({ module: 'client', modules }, (file) =>
      [
        ...allowedUrls(client, file),
        optionsInterface(api, file),
        factory(api, file),
        ...rateLimit(client, file),
      ].join('\n'),
    );
    // A small client is given it as well as the client object.
    const line = exportLine(
      [{ name: 'transport', isType: false }],
      './runtime/transport/transport.js',
    );
    return [{ path: 'src/client.ts', text: `${banner}${printed}\n${line}` }];
  },
};

function optionsInterface({ client, servers: all }: Api, file: SourceFile): string {
  const { code } = file;
  const { name, variables, credentials, requiresUserAgent } = client;
  const base = client.baseUrl?.default;
  const servers = all.map(defaultUrl);
  const regions =
    servers.length > 1
      ? `One of ${servers.map((url) => `\`${url}\``).join(', ')}; the first by default.`
      : base === undefined
        ? 'Where the API lives; its document does not say.'
        : `Default \`${base}\`.`;
  const own = [`'baseUrl'`, ...(requiresUserAgent ? [`'userAgent'`] : [])].join(' | ');
  return code`/** The options of {@link createClient}. */
${heritage(`${name}Options`, file.global('Omit'), [file.uses(type('ClientOptions', 'runtime/client')), own])} {
  ${comment(docOfText(regions))}readonly baseUrl${base === undefined ? ': string' : '?: string | undefined'};
${variables.map((option) => variableOption(option, file))}${requiresUserAgent ? '  /** `App/1.2 Vendor`: which application asks, and whose it is. */\n  readonly userAgent: string;\n' : ''}${credentials.map((option) => credentialMember(option, file))}}
`;
}

function credentialMember(credential: CredentialOption, file: SourceFile): string {
  const { option, required } = credential;
  const types = `${credentialType(credential, file)}${required ? '' : ' | undefined'}`;
  return file.code`  ${comment(docOfText(credentialDescription(credential)))}readonly ${option}${required ? '' : '?'}:${after(types)};\n`;
}

function factory({ title, client }: Api, file: SourceFile): string {
  const { code } = file;
  const { name, baseUrl, allowedHosts } = client;
  const create: Ref = { ...value('createClient', 'runtime/client'), as: 'create' };
  const { collect, given, fallback } = collected(client, file);
  const members = [
    allowedHosts.length > 0 ? '    allowedUrls,\n' : '',
    given,
    '    ...options,\n',
    fallback,
    baseUrl
      ? code`    ${member('baseUrl', binary(text('options.baseUrl'), '??', baseUrlExpression(baseUrl, file)))}\n`
      : '',
  ].filter((line) => line !== '');
  const about = comment(docOfText(`A client for ${title}. It sends nothing yet.`));
  const settings = members.length === 1 ? 'options' : `{\n${members.join('')}  }`;
  const head = signature({
    name: 'createClient',
    params: [{ name: 'options', types: [`${name}Options`] }],
    result: { name: file.uses(type('Client', 'runtime/client')), args: [] },
  });
  return code`${about}${head} {
${collect}  return ${create}(${settings});
}
`;
}

/**
 * The statements that collect credentials, and the member that passes them on: before the options
 * where each byte counts, else behind them, so that `credentials: undefined` means these too.
 */
function collected(
  { credentials, security }: ClientFactory,
  file: SourceFile,
): { readonly collect: string; readonly given: string; readonly fallback: string } {
  const { code } = file;
  const [only] = credentials;
  const optional = credentials.filter(({ required }) => !required);
  if (optional.length === 0)
    return {
      collect: '',
      given: only ? code`    ${member('credentials', array([credential(only, file)]))}\n` : '',
      fallback: '',
    };
  const item = type('Credential', 'runtime/transport/credentials');
  const head = security
    ? code`const credentials = new ${file.global('Map')}<string, ${item}>()`
    : code`const credentials: ${item}[] = []`;
  const pushes = optional.map((one) => {
    const push = security
      ? call('credentials.set', string(one.scheme.key), credential(one, file))
      : call('credentials.push', credential(one, file));
    return code`  if (options.${one.option} !== undefined) {\n    ${push};\n  }\n`;
  });
  const options = optional
    .filter(({ scheme }) => scheme.kind !== 'apiKey' || scheme.in !== 'cookie')
    .map(({ option, scheme }): Member => [propertyName(scheme.key), string(option)]);
  const chosen = (usual: Security): Expression =>
    call(
      file.uses(value('bySecurity', 'runtime/transport/security')),
      text('credentials'),
      array(usual.map((names) => array(names.map(string)))),
      ...(options.length === 0 ? [] : [object(options)]),
    );
  return {
    collect: `  ${head};\n${pushes.join('')}`,
    given: '',
    fallback: code`    ${member('credentials', binary(text('options.credentials'), '??', security ? chosen(security) : text('credentials')))}\n`,
  };
}

const serverUrlModule = 'runtime/params/server-url';

function baseUrlExpression({ default: url, parts }: BaseUrl, file: SourceFile): Expression {
  if (parts.every((part) => typeof part === 'string')) return string(url);
  const pieces = parts.map((part) =>
    typeof part === 'string' ? templateText(part) : `\${${chosenValue(part, file)}}`,
  );
  return template(`${file.uses(value('serverUrl', serverUrlModule))}\`${pieces.join('')}\``);
}

/** The value of an option; where the document's own values have slashes, they set segments apart. */
function chosenValue({ option, variable }: VariableOption, file: SourceFile): string {
  const fallback = variable.default === undefined ? '' : ` ?? ${quote(variable.default)}`;
  const given = `options.${option}${fallback}`;
  const isDeep = [variable.default ?? '', ...variable.values].some((text) => text.includes('/'));
  return isDeep ? `${file.uses(value('pathSegments', serverUrlModule))}(${given})` : given;
}

function variableOption({ option, variable }: VariableOption, file: SourceFile): string {
  const values = variable.values.length > 0 ? literals(variable.values) : scalar('string');
  const declared = {
    name: option,
    type: unite([values, scalar('void')]),
    required: false,
    doc: {
      ...noDoc,
      summary: variable.description,
      ...(variable.default === undefined
        ? { description: 'Needed unless `baseUrl` is given.' }
        : { default: JSON.stringify(variable.default) }),
    },
  };
  return file.code`  ${property(declared, file, 'readonly ')}\n`;
}

/** The hosts of the vendor as an expression: `meraki.com` stands for its subdomains too. */
function allowedUrls({ allowedHosts }: ClientFactory, file: SourceFile): readonly string[] {
  if (allowedHosts.length === 0) return [];
  const text = String.raw`/^https:\/\/([\w-]+\.)*(${hostsPattern(allowedHosts)})\//`;
  const doc = 'Where redirects and page links may lead, besides the host of the base URL.';
  return [
    file.code`${comment(docOfText(doc))}export const allowedUrls: ${file.global('RegExp')} =${after(text)};\n`,
  ];
}

/** `meraki.com`, `meraki.ca` → `meraki\.(com|ca)`: short, as it is part of every bundle. */
function hostsPattern(hosts: readonly string[]): string {
  const endings = new Map<string, string[]>();
  for (const host of hosts) {
    const [name = '', ...rest] = host.split('.');
    const ending = rest.join(String.raw`\.`);
    const known = endings.get(name);
    if (known) known.push(ending);
    else endings.set(name, [ending]);
  }
  return [...endings]
    .map(
      ([name, list]) => String.raw`${name}\.${list.length === 1 ? list[0] : `(${list.join('|')})`}`,
    )
    .join('|');
}

/** What keeps to the API's rate limit; small clients do without it, and wait where the server says so. */
function rateLimit({ rateLimit: limit }: ClientFactory, { code }: SourceFile): readonly string[] {
  if (!limit) return [];
  const { perSecond, key } = limit;
  const match = key === undefined ? '' : `    key: ({ path }) => /${key}/.exec(path)?.[0],\n`;
  const about = comment(
    docOfText(
      `Keeps to ${perSecond} requests a second, for the option \`limiter\`. Clients may share one.`,
    ),
  );
  return [
    code`${about}export function rateLimit(): ${type('Limiter', 'runtime/transport/rate-limit')} {
  return ${value('tokenBucket', 'runtime/transport/rate-limit')}({
    perSecond: ${perSecond},
${match}  });
}
`,
  ];
}
