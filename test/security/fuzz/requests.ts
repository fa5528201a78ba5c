import fc from 'fast-check';
import { createRequestBatch } from '../../../templates/runtime/batch/request/request-batch.ts';
import { axapi, change, get, graph, journyx, post } from '../../runtime/batch/requests/fixtures.ts';
import { type HostileAnswer, hostileText, junk, mostly } from './answers.ts';
import { answersOf, clientOf, runTime } from './drafts.ts';
import { hostileServer, judged, memberOf } from './watch.ts';

const status = mostly<unknown>(200, 204, 404, 429);
const headers = fc.oneof(junk, fc.record({ 'Retry-After': junk, ETag: junk }));

const results: Readonly<Record<RequestsCase['dialect'], fc.Arbitrary<unknown>>> = {
  graph: fc.record({ id: mostly('1', '2'), status, body: junk, headers }, { requiredKeys: ['id'] }),
  journyx: fc.record({ response_code: status, body: junk, headers }, { requiredKeys: [] }),
  axapi: fc.record(
    {
      uri: hostileText,
      resp: fc.oneof(
        junk,
        fc.record({ 'http-status': status, response: junk, err: junk }, { requiredKeys: [] }),
      ),
    },
    { requiredKeys: ['resp'] },
  ),
};

const lists = { graph: 'responses', journyx: 'results', axapi: 'batch-post-list' } as const;

/** A run whose batches are one request. */
export interface RequestsCase {
  readonly kind: 'requests';
  readonly dialect: 'graph' | 'journyx' | 'axapi';
  readonly answers: readonly HostileAnswer[];
}

export const requestsCases: fc.Arbitrary<RequestsCase> = fc
  .constantFrom<RequestsCase['dialect']>('graph', 'journyx', 'axapi')
  .chain((dialect) =>
    fc.record({
      kind: fc.constant('requests' as const),
      dialect: fc.constant(dialect),
      answers: answersOf(
        fc.record({
          [lists[dialect]]: fc.oneof(
            { weight: 4, arbitrary: fc.array(results[dialect], { maxLength: 4 }) },
            { weight: 1, arbitrary: junk },
          ),
        }),
      ),
    }),
  );

const reads = [change('PATCH', '/users/1', { name: 'x' }), get('/users/1')];

/** What is wrong with how a run takes the answers. */
export function judgeRequests({ dialect, answers }: RequestsCase): Promise<readonly string[]> {
  const server = hostileServer(answers);
  const { client, clock } = clientOf(server);
  const options = { onError: 'continue', timeout: runTime } as const;
  const run = (): PromiseLike<unknown> => {
    switch (dialect) {
      case 'graph':
        return createRequestBatch(client, graph, clock).run(reads, options);
      case 'journyx':
        return createRequestBatch(client, journyx, clock).run(reads, options);
      case 'axapi':
        return createRequestBatch(client, axapi, clock).run([post('/axapi/v3/x', {})], options);
    }
  };
  return judged(server, clock, run, (body) => saysSuccess(dialect, body));
}

function saysSuccess(dialect: RequestsCase['dialect'], body: unknown): boolean {
  const list = Array.isArray(body) ? body : [memberOf(body, lists[dialect])].flat();
  return list.some((one) => {
    const answer = dialect === 'axapi' ? memberOf(one, 'resp') : one;
    const code = memberOf(answer, dialect === 'graph' ? 'status' : codes[dialect]);
    // aXAPI leaves the status of a success out.
    const isSilent = dialect === 'axapi' && code === undefined && Object(answer) === answer;
    return isSilent || /^2\d\d$/.test(typeof code === 'object' ? '' : String(code));
  });
}

const codes = { graph: 'status', journyx: 'response_code', axapi: 'http-status' } as const;
