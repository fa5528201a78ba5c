import {
  external,
  Names,
  printModule,
  propertyName,
  quote,
  type SourceFile,
  type,
  typeData,
  value,
} from 'batchwright/print';
import {
  type Api,
  banner,
  declaredNames,
  type Operation,
  type Response,
  type Server,
  type Template,
  type Type,
} from 'batchwright/template';

/** `src/msw.ts`: handlers of Mock Service Worker 3 that answer as the document says. */
export const template: Template = {
  name: 'msw',
  adds: () => ({ exports: { './msw': 'msw' }, optionalPeerDependencies: { msw: '^3.0.5' } }),
  files: (api) => [{ path: 'src/msw.ts', text: banner + mswModule(api) }],
};

const helpers = ['Mocked', 'HandlerOptions', 'handlers', 'mockAnswer', 'operations'];
const inner = [
  'mocks',
  'handler',
  'data',
  'options',
  'answer',
  'name',
  'request',
  'account',
  'play',
];

/** An operation, and what its handler is called. */
interface Named {
  readonly operation: Operation;
  readonly handler: string;
  /** The constant that has its data. */
  readonly data: string;
}

function mswModule(api: Api): string {
  const names = new Names({ reserved: [...helpers, ...inner] });
  const all = api.groups
    .flatMap(({ operations }) => operations)
    .map((operation): Named => ({
      operation,
      handler: names.claim(`${operation.name}Handler`),
      data: names.claim(`${operation.name}Data`),
    }));
  const declared = declaredTypes(api, all);
  const shapes = new Map(
    declared.map(([name]) => [
      name,
      names.claim(`${name.charAt(0).toLowerCase()}${name.slice(1)}Shape`),
    ]),
  );
  const own = [...all.flatMap(({ handler, data }) => [handler, data]), ...shapes.values()];
  const scope = { module: 'msw', modules: api.modules, declares: [...helpers, ...inner, ...own] };
  return printModule(scope, (file) =>
    [
      ...declared.map(([name, type]) =>
        constant(shapes.get(name) ?? name, name, typeData(type), shapes, file),
      ),
      mocksOf(all, file),
      ...all.map((one) => handlerOf(one, api, shapes, file)),
      allOf(api, all, file),
    ].join('\n'),
  );
}

/** The types that answers have, by name. */
function declaredTypes(api: Api, all: readonly Named[]): readonly (readonly [string, Type])[] {
  return [
    ...api.types.map(({ name, type: shape }) => [name, shape] as const),
    ...all.flatMap(({ operation: { types, result, pagination } }) => [
      [types.response, result.type] as const,
      ...(pagination ? [[types.item, pagination.itemType] as const] : []),
    ]),
  ];
}

/** Data as JSON, which is read when it is first needed. It refers to the types that it names, so that a bundler keeps these. */
function constant(
  identifier: string,
  name: string,
  data: object,
  shapes: ReadonlyMap<string, string>,
  file: SourceFile,
): string {
  const named = [...namesIn(data)].flatMap((one) => shapes.get(one) ?? []);
  const types = named.length > 0 ? `, () => [${named.join(', ')}]` : '';
  return file.code`const ${identifier}: ${type('MockData', 'runtime/mock/mock-data')} = [${quote(name)}, ${quote(JSON.stringify(data))}${types}];
`;
}

/** The names of the types that data names. */
function namesIn(data: unknown, found: Set<string> = new Set()): ReadonlySet<string> {
  if (typeof data !== 'object' || data === null) return found;
  if ('kind' in data && data.kind === 'named' && 'name' in data) found.add(String(data.name));
  for (const member of Object.values(data)) namesIn(member, found);
  return found;
}

/** What handlers have in common. */
function mocksOf(all: readonly Named[], file: SourceFile): string {
  return file.code`const mocks: ${type('Mocks', 'runtime/mock/mock')} = /* @__PURE__ */ new ${value('Mocks', 'runtime/mock/mock')}();

/** What each operation answers, by status. */
export interface Mocked {
${all.map(({ operation }) => `  readonly ${propertyName(operation.name)}: ${answersType(operation, file)};\n`).join('')}}
`;
}

function operationData(operation: Operation, api: Api): object {
  const { id, method, path, responses, pagination, server, fixedQuery = [] } = operation;
  const query = fixedQuery.flatMap(({ name, value: parts }) =>
    parts.every((part) => typeof part === 'string') ? [[name, parts.join('')]] : [],
  );
  return {
    id,
    method,
    path: path
      .map((part) => {
        if (typeof part === 'string') return escaped(part);
        return part.param.allowReserved ? '.+' : '[^/?#]+';
      })
      .join(''),
    bases: basesOf(server ? [server] : api.servers),
    ...(query.length > 0 && { query }),
    responses: responses.map((response) => responseData(response, operation)),
    ...(pagination && { paging: pagination.paging }),
    ...(pagination?.items && { items: pagination.items }),
  };
}

function responseData(response: Response, { types, result }: Operation): object {
  const { status, mediaType, reading, type: shape, headers, examples = [] } = response;
  // Of several successes each has a shape of its own.
  const isResult = shape === result.type;
  return {
    status,
    ...(mediaType !== undefined && { type: mediaType }),
    reading,
    shape: isResult ? { kind: 'named', name: types.response } : typeData(shape),
    ...(headers.length > 0 && {
      headers: headers.map((header) => ({ name: header.name, shape: typeData(header.type) })),
    }),
    ...(examples.length > 0 && { shown: examples }),
  };
}

/** Base URLs that are whole; where one is not, or has variables, requests to any host count. */
function basesOf(servers: readonly Server[]): readonly string[] {
  const isWhole = servers.every(
    ({ url, variables }) => variables.length === 0 && /^https?:\/\//.test(url),
  );
  return isWhole ? servers.map(({ url }) => url) : [];
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}/-]/g, String.raw`\$&`);
}

/** The type that has the answers by status. */
function answersType(operation: Operation, file: SourceFile): string {
  const { types, result } = operation;
  if (declaredNames(operation).includes(types.answers)) return file.nameOf(types.answers);
  const isEmpty = result.type.kind === 'scalar' && result.type.name === 'void';
  const body = isEmpty ? '' : ` readonly body: ${file.nameOf(types.response)} `;
  return `{ readonly ${usualStatus(operation)}: {${body}} }`;
}

/** The status of an answer of which nothing is said. */
function usualStatus({ responses }: Operation): string {
  const isSuccess = ({ status }: Response): boolean =>
    typeof status === 'number' ? status >= 200 && status < 300 : status === '2XX';
  const usual =
    responses.find(isSuccess) ??
    responses.find(({ status }) => status === 'default') ??
    responses[0];
  const status = usual?.status ?? 200;
  return quote(String(status));
}

function handlerOf(
  { operation, handler, data }: Named,
  api: Api,
  shapes: ReadonlyMap<string, string>,
  file: SourceFile,
): string {
  const { name, types, pagination } = operation;
  const item = pagination ? `, ${file.nameOf(types.item)}` : '';
  const told = `${file.uses(type('Answering', 'runtime/mock/answering'))}<Mocked[${quote(name)}], ${usualStatus(operation)}${item}>`;
  return `${constant(data, name, operationData(operation, api), shapes, file)}
/** Answers \`${name}\`: with data that fits the document, or with what is told. */
export function ${handler}(answer?: ${told}, options?: ${mockOptions(file)}): ${httpHandler(file)} {
  return handler(${data}, answer, options);
}
`;
}

function mockOptions(file: SourceFile): string {
  return file.uses(type('MockOptions', 'runtime/mock/mock-operation'));
}

function httpHandler(file: SourceFile): string {
  return file.uses(external('HttpHandler', 'msw/http'));
}

function allOf(api: Api, all: readonly Named[], file: SourceFile): string {
  const made = httpHandler(file);
  const override = file.uses(type('MockOverride', 'runtime/mock/mock-operation'));
  const request = file.global('Request');
  const data = file.uses(type('MockData', 'runtime/mock/mock-data'));
  const promise = file.global('Promise');
  const hasAccount = api.batch?.dialect === 'meraki';
  const ordered = all.toSorted((a, b) => (rank(a.operation) < rank(b.operation) ? -1 : 1));
  const list = ordered.map(({ handler }) => `    ${handler}(undefined, options),\n`).join('');
  const entries = all.map(({ operation, data }) => `  [${quote(operation.name)}]: ${data},\n`);
  return `const operations: Readonly<Record<keyof Mocked, ${data}>> = {
${entries.join('')}};

/** The answer of an operation as data: \`mockAnswer('getThing', { status: 404 })\`. */
export function mockAnswer(name: keyof Mocked, answer?: ${override}, options?: ${mockOptions(file)}): ${file.uses(type('MockAnswer', 'runtime/mock/mock-operation'))} {
  return mocks.make(operations[name], answer, options);
}

${hasAccount ? accountPart(file) : `export type HandlerOptions = ${mockOptions(file)};\n`}
/** Handlers of all operations, those of fixed paths first. */
export function handlers(options: HandlerOptions = {}): ${made}[] {
  return [
${hasAccount ? '    play(options.account ?? createAccount({ open: true })),\n' : ''}${list}  ];
}

function handler(
  data: ${data},
  answer: ${override} | ((request: ${request}) => ${override} | ${promise}<${override}>) | undefined,
  options: ${mockOptions(file)} = {},
): ${made} {
  return new ${made}(
    mocks.operation(data).method,
    ({ request }) => mocks.matches(data, request, options),
    ({ request }) => ${file.uses(value('respond', 'runtime/mock/respond'))}(mocks, data, request, answer, options),
  );
}
`;
}

/** Batches need somebody who remembers them. */
function accountPart(file: SourceFile): string {
  const account = file.uses(type('SimulatedAccount', 'runtime/simulate/simulated-account'));
  file.uses(value('createAccount', 'testing'));
  const made = httpHandler(file);
  const { global } = file;
  return `/** Options of all handlers. */
export interface HandlerOptions extends ${mockOptions(file)} {
  /** Plays the batches, and what it has; by default one in which everything is there. */
  readonly account?: ${account} | undefined;
}

function play(account: ${account}): ${made} {
  return new ${made}(
    /./,
    ({ request }) => account.plays(new ${global('URL')}(request.url)),
    ({ request }) => account.fetch(request).catch(() => ${global('Response')}.error()),
  );
}
`;
}

/** Sorts what is fixed before what may be anything. */
function rank({ path }: Operation): string {
  return path.map((part) => (typeof part === 'string' ? part : '\uffff')).join('');
}
