/** A module of the run-time, and what of it the entry point of every package exports. */
export interface RuntimeExport {
  readonly module: string;
  readonly types: readonly string[];
  readonly values: readonly string[];
}

/** What the entry point exports besides the document's own names. */
export const runtimeExports: readonly RuntimeExport[] = [
  {
    module: 'runtime/client',
    values: [],
    types: ['CallOptions', 'Client', 'ClientOptions', 'RetryOptions'],
  },
  {
    module: 'runtime/transport/transport',
    values: ['transport'],
    types: ['AttemptEvent', 'Hooks', 'Logger', 'TransportOptions'],
  },
  { module: 'runtime/transport/logged', values: ['withLogger'], types: [] },
  {
    module: 'runtime/schema/validating',
    values: [],
    types: ['OperationSchemas', 'Validation'],
  },
  { module: 'runtime/answers/errors', values: ['ApiError'], types: ['ErrorCode'] },
  { module: 'runtime/answers/is-api-error', values: ['isApiError'], types: [] },
  { module: 'runtime/answers/with-response', values: ['withResponse'], types: [] },
  {
    module: 'runtime/answers/typed',
    values: [],
    types: ['Answered', 'AnswersOf', 'ErrorOf', 'ResponseOf'],
  },
  { module: 'runtime/pages/paginate', values: [], types: ['Page', 'Paged', 'PageOptions'] },
  {
    module: 'runtime/transport/credentials',
    values: ['basic', 'bearer', 'cookieKey', 'headerKey', 'queryKey'],
    types: ['Credential', 'Secret'],
  },
  {
    module: 'runtime/transport/oauth2',
    values: ['oauth2'],
    types: ['AuthorizationCode', 'OAuth2Options', 'Tokens'],
  },
  { module: 'runtime/transport/rate-limit', values: ['tokenBucket'], types: ['Limiter'] },
];
