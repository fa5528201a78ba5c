import type { Dialect } from './dialect.ts';
import { requestDialect } from './request.ts';

/** `/batch` of Journyx. */
export const journyx: Dialect = requestDialect({
  name: 'journyx',
  inputNames: { 'If-Match': 'etag' },
  except: ['login'],
  batches: {
    limits: { actions: { sync: 100 }, bytes: 1_000_000, concurrent: 4, perSecond: 10, burst: 10 },
    expected: { sync: 2_000 },
    timeout: 120_000,
    references: { verbs: ['create', 'read', 'update'], fields: 'any', within: ['results'] },
    onError: ['stop', 'continue'],
    throttled: [429],
    notTried: [],
    readBack: true,
    refuses: [
      { url: /\/batch\/?$/, because: 'a batch cannot hold a batch' },
      {
        header: /^(?:proxy-)?authorization$|^cookie$/i,
        because: 'the server ignores credentials inside a batch; those of the batch request count',
      },
    ],
    endpoints: [
      {
        id: 'batch',
        path: '/api/v1/batch',
        methods: ['GET', 'POST', 'PUT', 'DELETE'],
        // The vendor does not show what the two lists are called.
        list: ['requests'],
        action: {
          method: { name: 'method', case: 'upper' },
          url: 'url',
          query: 'params',
          headers: 'headers',
          body: { name: 'body' },
        },
        results: {
          list: ['results'],
          status: ['response_code'],
          headers: ['headers'],
          body: ['body'],
        },
        errors: {
          stop: { body: { stop_on_error: true }, cuts: true },
          continue: { body: { stop_on_error: false } },
        },
        fence: { kind: 'header', name: 'If-Match', status: 412, none: 'none' },
      },
    ],
  },
});
