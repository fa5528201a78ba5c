import { type Config, defineConfig, type Dialect, requestDialect } from '../../generator/index.ts';

const asana: Dialect = requestDialect({
  name: 'asana',
  batches: {
    limits: { actions: { sync: 10 }, bytes: 1_000_000, concurrent: 2, perSecond: 2, burst: 10 },
    expected: { sync: 1_000 },
    timeout: 120_000,
    // The actions of a batch run at the same time.
    order: 'any',
    onError: ['stop', 'continue'],
    throttled: [429],
    notTried: [],
    readBack: false,
    references: { verbs: ['create', 'read', 'update'], fields: 'any', within: ['data'] },
    refuses: [{ url: /^\/batch$/, because: 'a batch cannot hold a batch' }],
    endpoints: [
      {
        id: 'createBatchRequest',
        path: '/batch',
        methods: ['GET', 'POST', 'PUT', 'DELETE'],
        list: ['data', 'actions'],
        action: {
          method: { name: 'method', case: 'lower' },
          url: 'relative_path',
          query: 'data',
          // What a request by itself wraps in `data`.
          body: { name: 'data', within: ['data'] },
        },
        results: { list: ['data'], status: ['status_code'], headers: ['headers'], body: ['body'] },
      },
    ],
  },
});

const config: Config = defineConfig({
  targets: {
    asana: { input: 'openapi.yaml', output: 'asana', name: 'asana', dialect: asana },
  },
});

export default config;
