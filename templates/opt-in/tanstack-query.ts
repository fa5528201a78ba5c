import {
  external,
  Names,
  printModule,
  quote,
  type SourceFile,
  type,
  value,
} from 'batchwright/print';
import {
  type Api,
  banner,
  type Operation,
  requiresInput,
  takesInput,
  type Template,
} from 'batchwright/template';

const core = 'tanstack-query';
const react = 'react-query';
const library = '@tanstack/react-query';

/**
 * `src/tanstack-query.ts`: options of queries and mutations, for TanStack Query 5 under any framework;
 * `src/react-query.ts`: hooks for React.
 */
export const template: Template = {
  name: 'tanstack-query',
  adds: () => ({
    exports: { './tanstack-query': core, './react-query': react },
    optionalPeerDependencies: { '@tanstack/react-query': '^5.90.0', react: '>=18' },
    devDependencies: { '@types/react': '>=18' },
  }),
  files(api) {
    const operations = operationsOf(api);
    return [
      { path: `src/${core}.ts`, text: banner + coreModule(api, operations) },
      { path: `src/${react}.ts`, text: banner + reactModule(api, operations) },
    ];
  },
};

/** An operation, and what the modules call its options and its hooks. */
interface Named {
  readonly operation: Operation;
  readonly kind: 'query' | 'mutation';
  /** `getNetworkQuery`, `updateNetworkMutation`. */
  readonly options: string;
  /** `getNetworksInfiniteQuery`, where the operation is a listing. */
  readonly pages: string | undefined;
  /** `useGetNetwork` */
  readonly hook: string;
  /** `useGetNetworksPages` */
  readonly pagesHook: string | undefined;
}

/** What reads is a query, whatever it is called; what changes something is a mutation. */
const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'QUERY']);

function operationsOf({ groups }: Api): readonly Named[] {
  const names = new Names({ reserved: [...declaredByCore, ...declaredByReact] });
  return groups
    .flatMap(({ operations }) => operations)
    .filter(({ result }) => result.type.kind !== 'stream')
    .map((operation): Named => {
      const { name, typeName, method, pagination } = operation;
      const isQuery = reading.has(method) || pagination !== undefined;
      return {
        operation,
        kind: isQuery ? 'query' : 'mutation',
        options: names.claim(`${name}${isQuery ? 'Query' : 'Mutation'}`),
        pages: pagination && names.claim(`${name}InfiniteQuery`),
        hook: names.claim(`use${typeName}`),
        pagesHook: pagination && names.claim(`use${typeName}Pages`),
      };
    });
}

/** What functions of both modules call their parameters. */
const parameters = ['client', 'input', 'options', 'own'];

const declaredByCore = ['Query', 'InfiniteQuery', 'QueryPage', 'Mutation', 'batchMutation'];

function coreModule({ modules }: Api, operations: readonly Named[]): string {
  const own = operations.flatMap(({ options, pages = [] }) => [options, pages].flat());
  const inner = ['Result', 'Item', 'query', 'infiniteQuery', 'mutation', 'both', ...parameters];
  const scope = { module: core, modules, declares: [...declaredByCore, ...inner, ...own] };
  return printModule(scope, (file) =>
    [helpers(file), ...operations.map((named) => optionsOf(named, file))].join('\n'),
  );
}

function optionsOf({ operation, kind, options, pages }: Named, file: SourceFile): string {
  const { name, group, types } = operation;
  const call = file.uses(value(name, group));
  const client = `client: ${file.uses(type('Client', 'runtime/client'))}`;
  const required = requiresInput(operation);
  const input = takesInput(operation)
    ? file.nameOf(types.input)
    : 'Readonly<Record<string, never>>';
  const more = `options?: Omit<${file.uses(type('CallOptions', 'runtime/client'))}, 'accept' | 'signal'>`;
  if (kind === 'mutation')
    return file.code`/** A mutation by {@link ${name}}. */
export function ${options}(${client}, ${more}): Mutation<${input}${required ? '' : ' | void'}, Result<typeof ${call}>> {
  return mutation(${quote(name)}, (input) => ${call}(client, input${required ? '' : ` as ${input}`}, options ?? {}));
}
`;
  const given = `${client}, input: ${input}${required ? '' : ' = {}'}, ${more}`;
  const plain = file.code`/** A query by {@link ${name}}${pages === undefined ? '' : ': its first page'}. */
export function ${options}(${given}): Query<${input}, Result<typeof ${call}>> {
  return query(${quote(name)}, input, async (own) => ${call}(client, input, both(options, own)));
}
`;
  if (pages === undefined) return plain;
  return file.code`${plain}
/** An infinite query by {@link ${name}}, page by page. */
export function ${pages}(${given}): InfiniteQuery<${input}, Item<typeof ${call}>> {
  return infiniteQuery(${quote(name)}, input, async (own) => ${call}(client, input, both(options, own)));
}
`;
}

function helpers({ uses, global }: SourceFile): string {
  const progress = uses(type('CallOptions', 'runtime/client'));
  const signal = global('AbortSignal');
  const promise = global('Promise');
  return `/** Options of a query. The key begins with the operation’s name: \`invalidateQueries({ queryKey: ['getThing'] })\`. */
export interface Query<Input, Data> {
  readonly queryKey: readonly [operation: string, input: Input];
  readonly queryFn: (context: { readonly signal: ${signal} }) => ${promise}<Data>;
}

/** A page as it is kept: \`next\` is absent on the last one. */
export interface QueryPage<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/** Options of an infinite query. A page parameter is the \`next\` of the page before. */
export interface InfiniteQuery<Input, Item> {
  readonly queryKey: readonly [operation: string, input: Input, kind: 'pages'];
  readonly queryFn: (context: { readonly signal: ${signal}; readonly pageParam: string | undefined }) => ${promise}<QueryPage<Item>>;
  readonly initialPageParam: string | undefined;
  readonly getNextPageParam: (last: QueryPage<Item>) => string | undefined;
}

/** Options of a mutation. */
export interface Mutation<Input, Data> {
  readonly mutationKey: readonly [operation: string];
  readonly mutationFn: (input: Input) => ${promise}<Data>;
}

/**
 * Options of a mutation that runs batches: \`batchMutation((actions: Action[]) => batch.run(actions, scope), show)\`.
 * \`show\` gets the progress as it comes.
 */
export function batchMutation<Input, Outcomes, Progress>(
  run: (input: Input) => PromiseLike<Outcomes> & AsyncIterable<Progress>,
  show?: (progress: Progress) => void,
): { readonly mutationFn: (input: Input) => ${promise}<Outcomes> } {
  return {
    mutationFn: async (input) => {
      const running = run(input);
      if (show) for await (const progress of running) show(progress);
      return running;
    },
  };
}

type Result<Call extends (...args: never) => unknown> = Awaited<ReturnType<Call>>;
type Item<Call extends (...args: never) => unknown> = ReturnType<Call> extends AsyncIterable<infer One> ? One : never;

function query<Input, Data>(name: string, input: Input, call: (options: { readonly signal: ${signal} }) => ${promise}<Data>): Query<Input, Data> {
  return { queryKey: [name, input], queryFn: ({ signal }) => call({ signal }) };
}

function infiniteQuery<Input, One>(
  name: string,
  input: Input,
  call: (options: { readonly signal: ${signal}; readonly from: string | undefined }) => ${promise}<QueryPage<One>>,
): InfiniteQuery<Input, One> {
  return {
    queryKey: [name, input, 'pages'],
    queryFn: async ({ signal, pageParam }) => {
      const { items, next } = await call({ signal, from: pageParam });
      return { items, next };
    },
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next,
  };
}

function mutation<Input, Data>(name: string, mutationFn: (input: Input) => ${promise}<Data>): Mutation<Input, Data> {
  return { mutationKey: [name], mutationFn };
}

function both<Own>(given: Omit<${progress}, 'accept' | 'signal'> | undefined, own: Own): Omit<${progress}, 'accept' | 'signal'> & Own {
  return { ...given, ...own };
}
`;
}

const declaredByReact =
  'ClientContext useClient QueryHookOptions PagesHookOptions MutationHookOptions'.split(' ');

function reactModule({ modules }: Api, operations: readonly Named[]): string {
  const own = operations.flatMap(({ hook, pagesHook = [] }) => [hook, pagesHook].flat());
  const inner = 'Reads Pages All Changes Input unlessSkipped Data Given Made make'.split(' ');
  const declares = [...declaredByReact, ...inner, ...parameters, ...own];
  const scope = { module: react, modules, declares };
  return printModule(scope, (file) =>
    [reactHelpers(file), ...operations.map((named) => hooksOf(named, file))].join('\n'),
  );
}

function hooksOf(
  { operation, kind, options, pages, hook, pagesHook }: Named,
  file: SourceFile,
): string {
  const { name, types } = operation;
  const make = file.uses(value(options, core));
  if (kind === 'mutation')
    return `/** {@link ${name}} as a mutation. */
export function ${hook}(options?: MutationHookOptions<typeof ${make}>): ${from(file, 'UseMutationResult')}<Changes<typeof ${make}>, ${from(file, 'DefaultError')}, Input<typeof ${make}>> {
  return ${file.uses(external('useMutation', library))}({ ...${make}(useClient()), ...options });
}
`;
  const input = takesInput(operation)
    ? file.nameOf(types.input)
    : 'Readonly<Record<string, never>>';
  const given = `input: ${input} | ${from(file, 'SkipToken')}${requiresInput(operation) ? '' : ' = {}'}`;
  const plain = `/** {@link ${name}} as a query. */
export function ${hook}<Data = Reads<typeof ${make}>>(${given}, options?: QueryHookOptions<typeof ${make}, Data>): ${from(file, 'UseQueryResult')}<Data> {
  const client = useClient();
  return ${file.uses(external('useQuery', library))}({ ...unlessSkipped(input, ${quote(name)}, (own) => ${make}(client, own)), ...options });
}
`;
  if (pages === undefined || pagesHook === undefined) return plain;
  const makePages = file.uses(value(pages, core));
  return `${plain}
/** {@link ${name}} as an infinite query, page by page. */
export function ${pagesHook}<Data = All<typeof ${makePages}>>(${given}, options?: PagesHookOptions<typeof ${makePages}, Data>): ${from(file, 'UseInfiniteQueryResult')}<Data> {
  const client = useClient();
  return ${file.uses(external('useInfiniteQuery', library))}({ ...unlessSkipped(input, ${quote(name)}, (own) => ${makePages}(client, own)), ...options });
}
`;
}

/** A type that TanStack Query exports. */
function from(file: SourceFile, name: string): string {
  return file.uses({ ...external(name, library), isType: true });
}

function reactHelpers(file: SourceFile): string {
  const { uses, global } = file;
  const context = uses({ ...external('Context', 'react'), isType: true });
  const create = uses(external('createContext', 'react'));
  const read = uses(external('useContext', 'react'));
  const client = uses(type('Client', 'runtime/client'));
  const error = global('Error');
  const query = uses(type('Query', core));
  const infinite = uses(type('InfiniteQuery', core));
  const page = uses(type('QueryPage', core));
  const mutation = uses(type('Mutation', core));
  const skip = uses(external('skipToken', library));
  return `/** The client of all hooks below it: \`<ClientContext value={client}>\`. */
export const ClientContext: ${context}<${client} | undefined> = ${create}<${client} | undefined>(undefined);

/** The client of the nearest {@link ClientContext}; an error where there is none. */
export function useClient(): ${client} {
  const client = ${read}(ClientContext);
  if (!client) throw new ${error}('No client: put <ClientContext value={client}> around the component');
  return client;
}

/** What {@link useQuery} takes besides the query itself. */
export type QueryHookOptions<Make, Data = Reads<Make>> = Omit<${from(file, 'UseQueryOptions')}<Reads<Make>, ${from(file, 'DefaultError')}, Data>, 'queryKey' | 'queryFn'>;
/** What {@link useInfiniteQuery} takes besides the query itself. */
export type PagesHookOptions<Make, Data = All<Make>> = Partial<
  Pick<${from(file, 'UseInfiniteQueryOptions')}<Pages<Make>, ${from(file, 'DefaultError')}, Data, readonly unknown[], string | undefined>, 'enabled' | 'select' | 'placeholderData' | 'staleTime' | 'gcTime' | 'retry' | 'retryDelay' | 'refetchInterval' | 'refetchOnMount' | 'refetchOnWindowFocus' | 'refetchOnReconnect' | 'maxPages' | 'throwOnError' | 'meta'>
>;
/** What {@link useMutation} takes besides the mutation itself. */
export type MutationHookOptions<Make> = Omit<${from(file, 'UseMutationOptions')}<Changes<Make>, ${from(file, 'DefaultError')}, Input<Make>>, 'mutationKey' | 'mutationFn'>;

type Reads<Make> = Make extends (...args: never) => ${query}<infer _, infer Data> ? Data : never;
type Pages<Make> = Make extends (...args: never) => ${infinite}<infer _, infer Item> ? ${page}<Item> : never;
type All<Make> = ${from(file, 'InfiniteData')}<Pages<Make>, string | undefined>;
type Changes<Make> = Make extends (...args: never) => ${mutation}<infer _, infer Data> ? Data : never;
type Input<Make> = Make extends (...args: never) => ${mutation}<infer Given, infer _> ? Given : never;

function unlessSkipped<Given, Made>(input: Given | ${from(file, 'SkipToken')}, name: string, make: (input: Given) => Made): Made {
  if (input !== ${skip}) return make(input);
  // Nothing is read of what is skipped but its key.
  return { queryKey: [name], queryFn: ${skip}, initialPageParam: undefined, getNextPageParam: () => undefined } as Made;
}
`;
}
