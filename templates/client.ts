import type {
  Api,
  BaseUrl,
  ClientFactory,
  CredentialOption,
  VariableOption,
} from '../generator/ir/api.ts';
import type { Security } from '../generator/ir/ir.ts';
import { noDoc } from '../generator/ir/doc.ts';
import { defaultUrl } from '../generator/ir/server.ts';
import { literals, scalar, unite } from '../generator/ir/type.ts';
import { printModule, type Ref, type SourceFile, type, value } from '../generator/print/code.ts';
import { docComment } from '../generator/print/doc.ts';
import {
  array,
  binary,
  call,
  type Expression,
  lines,
  member,
  string,
  template,
  text,
} from '../generator/print/expression.ts';
import { fits } from '../generator/print/layout.ts';
import { heritage, signature } from '../generator/print/signature.ts';
import { quote, templateText, WIDTH } from '../generator/print/text.ts';
import { property } from '../generator/print/types.ts';
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
    return [{ path: 'src/client.ts', text: banner + printed }];
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
  return code`/** What {@link createClient} takes. */
${heritage(`${name}Options`, file.global('Omit'), [file.uses(type('ClientOptions', 'runtime/client')), own])} {
${docComment({ ...noDoc, summary: regions }, 2)}  readonly baseUrl${base === undefined ? ': string' : '?: string | undefined'};
${variables.map((option) => variableOption(option, file))}${requiresUserAgent ? '  /** `App/1.2 Vendor`: which application asks, and whose it is. */\n  readonly userAgent: string;\n' : ''}${credentials.map((option) => credentialMember(option, file))}}
`;
}

function credentialMember(credential: CredentialOption, file: SourceFile): string {
  const { option, required } = credential;
  const comment = docComment({ ...noDoc, summary: credentialDescription(credential) }, 2);
  const key = `  readonly ${option}${required ? '' : '?'}:`;
  const text = `${credentialType(credential, file)}${required ? '' : ' | undefined'};`;
  return `${comment}${key}${fits(`${key} ${text}`, 0) ? ' ' : '\n    '}${text}\n`;
}

function factory({ title, client }: Api, file: SourceFile): string {
  const { code } = file;
  const { name, baseUrl, allowedHosts } = client;
  const create: Ref = { ...value('createClient', 'runtime/client'), as: 'create' };
  const { collect, given } = collected(client, file);
  const members = [
    allowedHosts.length > 0 ? '    allowedUrls,' : undefined,
    given,
    '    ...options,',
    baseUrl &&
      member('baseUrl', binary(text('options.baseUrl'), '??', baseUrlExpression(baseUrl, file)), 4),
  ].filter((line) => line !== undefined);
  const doc = docComment({ ...noDoc, summary: `A client for ${title}. It sends nothing yet.` }, 0);
  const settings = members.length === 1 ? 'options' : `{\n${members.join('\n')}\n  }`;
  const head = signature({
    name: 'createClient',
    params: [{ name: 'options', types: [`${name}Options`] }],
    result: { name: file.uses(type('Client', 'runtime/client')), args: [] },
  });
  return code`${doc}${head} {
${collect}  return ${create}(${settings});
}
`;
}

/** The statements that collect credentials, and the member that passes them on. */
function collected(
  { credentials, security }: ClientFactory,
  file: SourceFile,
): { readonly collect: string; readonly given: string | undefined } {
  const { code } = file;
  const [only] = credentials;
  const optional = credentials.filter(({ required }) => !required);
  if (optional.length === 0)
    return {
      collect: '',
      given: only && member('credentials', array([credential(only, file)]), 4),
    };
  const item = type('Credential', 'runtime/transport/credentials');
  const head = security
    ? code`const credentials = new ${file.global('Map')}<string, ${item}>()`
    : code`const credentials: ${item}[] = []`;
  const pushes = optional.map((one) => {
    const push = security
      ? call('credentials.set', string(one.scheme.key), credential(one, file))
      : call('credentials.push', credential(one, file));
    return `  if (options.${one.option} !== undefined) {\n${lines('    ', push, ';', 4)}\n  }\n`;
  });
  const chosen = (usual: Security): Expression =>
    call(
      file.uses(value('bySecurity', 'runtime/transport/security')),
      text('credentials'),
      array(usual.map((names) => array(names.map(string)))),
    );
  return {
    collect: `  ${head};\n${pushes.join('')}`,
    given: security ? member('credentials', chosen(security), 4) : '    credentials,',
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
  return property(
    {
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
    },
    2,
    file,
    'readonly ',
  );
}

/** The hosts of the vendor as an expression: `meraki.com` stands for its subdomains too. */
function allowedUrls({ allowedHosts }: ClientFactory, file: SourceFile): readonly string[] {
  if (allowedHosts.length === 0) return [];
  const text = String.raw`/^https:\/\/([\w-]+\.)*(${hostsPattern(allowedHosts)})\//`;
  const doc = 'Where redirects and page links may lead, besides the host of the base URL.';
  const head = `export const allowedUrls: ${file.global('RegExp')} =`;
  const line = `${head} ${text};`.length <= WIDTH ? ` ${text}` : `\n  ${text}`;
  return [`${docComment({ ...noDoc, summary: doc }, 0)}${head}${line};\n`];
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
  const doc = docComment(
    {
      ...noDoc,
      summary: `Keeps to ${perSecond} requests a second, for the option \`limiter\`. Clients may share one.`,
    },
    0,
  );
  return [
    code`${doc}export function rateLimit(): ${type('Limiter', 'runtime/transport/rate-limit')} {
  return ${value('tokenBucket', 'runtime/transport/rate-limit')}({
    perSecond: ${perSecond},
${match}  });
}
`,
  ];
}
