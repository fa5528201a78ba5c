import type { Dialect } from './dialect.ts';
import { requestDialect } from './request.ts';

/** `$batch` of Microsoft Graph. */
export const graph: Dialect = requestDialect({
  name: 'graph',
  batches: {
    limits: { actions: { sync: 20 }, bytes: 1_000_000, concurrent: 4, perSecond: 10, burst: 10 },
    expected: { sync: 1_000 },
    timeout: 120_000,
    references: { verbs: ['create', 'read'], fields: 'any' },
    onError: ['stop', 'continue'],
    throttled: [429],
    notTried: [424],
    readBack: false,
    previews: true,
    refuses: [
      { url: /\/\$batch$/, because: 'a batch cannot hold a batch' },
      { header: /^authorization$/i, because: 'only the credentials of the batch request count' },
    ],
    endpoints: [
      {
        id: 'batch',
        path: '/$batch',
        methods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'],
        list: ['requests'],
        action: {
          id: 'id',
          method: { name: 'method', case: 'upper' },
          url: 'url',
          headers: 'headers',
          body: { name: 'body' },
          bodyHeaders: { 'Content-Type': 'application/json' },
          after: 'dependsOn',
        },
        results: {
          list: ['responses'],
          id: ['id'],
          status: ['status'],
          headers: ['headers'],
          body: ['body'],
        },
      },
    ],
  },
});
