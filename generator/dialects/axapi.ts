import { requestDialect } from './request.ts';
import type { Dialect } from './dialect.ts';

/** `batch-get` and `batch-post` of A10's aXAPI, version 3. */
export const axapi: Dialect = requestDialect({
  name: 'axapi',
  recognizes: (document) => hasPath(document, '/axapi/v3/batch-post'),
  client: {
    credential: {
      option: 'signature',
      scheme: 'header',
      name: 'Authorization',
      prefix: 'A10 ',
      description: 'The signature that `logOn` gives, or a function that gets one.',
    },
  },
  // It would end the session in which the rest of the batch is executed.
  except: ['logOff'],
  hooks: { module: 'runtime/batch/request/axapi', name: 'hooks' },
  batches: {
    // Neither the number of actions nor any other limit is documented.
    limits: { actions: { sync: 100 }, bytes: 1_000_000, concurrent: 1, perSecond: 10, burst: 10 },
    expected: { sync: 1_000 },
    timeout: 120_000,
    references: { verbs: [], fields: [] },
    onError: ['rollback', 'continue'],
    throttled: [429],
    notTried: [],
    readBack: true,
    lists: '-list',
    refuses: [
      { url: /\/schema$/, because: 'the device fails URIs that end in /schema' },
      { url: /\/batch-(?:get|post)$/, because: 'a batch cannot hold a batch' },
      {
        methods: ['POST', 'PUT'],
        url: /\/active-partition(?:\/|$)/,
        because: 'a batch stays in the partition of its session',
      },
      { header: /^/, because: 'the device takes no headers there' },
    ],
    endpoints: [
      {
        id: 'batchGet',
        path: '/axapi/v3/batch-get',
        methods: ['GET'],
        list: ['batch-get-list'],
        action: { url: 'uri' },
        results: {
          list: ['batch-get-list'],
          status: ['resp', 'http-status'],
          body: ['resp'],
          message: ['resp', 'err', 'msg'],
          absent: 'success',
          failure: [
            ['resp', 'err'],
            ['resp', 'response', 'err'],
          ],
        },
      },
      {
        id: 'batchPost',
        path: '/axapi/v3/batch-post',
        methods: ['POST', 'PUT', 'DELETE'],
        list: ['batch-post-list'],
        action: {
          url: 'uri',
          method: { name: 'method', case: 'lower' },
          body: { name: 'payload', empty: {} },
        },
        results: {
          list: ['batch-post-list'],
          status: ['resp', 'http-status'],
          body: ['resp'],
          message: ['resp', 'err', 'msg'],
          absent: 'success',
          failure: [
            ['resp', 'err'],
            ['resp', 'response', 'err'],
          ],
          // An element that failed was answered so, in the vendor's own example.
          suspect: [204],
        },
        errors: {
          rollback: { query: [['ignore-errors', 'false']] },
          continue: { query: [['ignore-errors', 'true']] },
        },
        rollback: {
          error: ['response', 'err'],
          message: ['response', 'err', 'msg'],
          status: ['response', 'http-status'],
          blame: /\(object: ([\w-]+)\)/,
        },
        fence: {
          kind: 'version',
          option: 'configVersion',
          query: 'config-version',
          none: 'none',
          stale: { status: 400, text: 'Config version does not match' },
          // The vendor says that a success raises it, and not by how much.
          raisedBy: 'batch',
        },
      },
    ],
  },
});

function hasPath(document: { readonly [name: string]: unknown }, path: string): boolean {
  const paths = document['paths'];
  return typeof paths === 'object' && paths !== null && Object.hasOwn(paths, path);
}
