import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import config from '../../../examples/bulk-jobs/batchwright.config.ts';
import { generate } from '../../../generator/generate.ts';
import { createClient } from '../../../templates/runtime/client.ts';
import { action } from '../../../templates/runtime/batch/action/action.ts';
import type { Action, CreateAction } from '../../../templates/runtime/batch/action/types.ts';
import { createBatch } from '../../../templates/runtime/batch/draft/draft-batch.ts';
import type { DraftDialect } from '../../../templates/runtime/batch/protocol/protocol.ts';
import { compile } from '../../support/compile.ts';
import { readFiles } from '../../support/emit.ts';
import { fastClock } from '../../simulators/clock.ts';
import { serve } from '../../simulators/loopback.ts';

// The second example of docs/dialects.md: jobs that a server runs in its own time.

interface Catalogue extends DraftDialect<'shopId'> {
  readonly reports: 'verdict';
}

function descriptor(): Catalogue {
  const dialect = config.targets['catalogue']?.dialect;
  if (typeof dialect !== 'object' || !('drafts' in dialect.runtime)) throw new Error('no drafts');
  return dialect.runtime.drafts as Catalogue;
}

interface Job {
  readonly jobId: string;
  state: string;
  readonly items: readonly { readonly target: string; readonly verb: string }[];
  problems?: readonly string[];
  added?: readonly { readonly id: string; readonly uri: string }[];
}

/** A server that runs a job when it is looked at for the second time after its release. */
async function startJobs(fails: (target: string) => string | undefined = () => undefined) {
  const jobs = new Map<string, Job>();
  const seen: string[] = [];
  const finish = (job: Job): void => {
    const problem = job.items.map(({ target }) => fails(target)).find(Boolean);
    job.state = problem === undefined ? 'done' : 'failed';
    if (problem !== undefined) job.problems = [problem];
    else
      job.added = job.items
        .filter(({ verb }) => verb === 'add')
        .map(({ target }, index) => ({ id: `p${index}`, uri: `${target}/p${index}` }));
  };
  const server = await serve(({ method, url, body }) => {
    seen.push(`${method} ${url.pathname}`);
    const [, id] = /\/jobs\/([^/]+)$/.exec(url.pathname) ?? [];
    if (id === undefined && method === 'POST') {
      const { items } = body as { readonly items: Job['items'] };
      const job: Job = { jobId: `j${jobs.size + 1}`, state: 'open', items };
      jobs.set(job.jobId, job);
      return { status: 201, body: job };
    }
    for (const job of jobs.values()) {
      if (job.state === 'running') finish(job);
      if (job.state === 'queued') job.state = 'running';
    }
    if (id === undefined) return { status: 200, body: [...jobs.values()] };
    const job = jobs.get(id);
    if (!job) return { status: 404, body: { error: 'no such job' } };
    if (method === 'PATCH') job.state = 'queued';
    if (method === 'DELETE') {
      jobs.delete(id);
      return { status: 204 };
    }
    return { status: 200, body: job };
  });
  return Object.assign(server, { jobs, seen });
}

const add = (sku: string): CreateAction =>
  action('createProduct', {
    resource: '/shops/7/products',
    operation: 'create',
    body: { sku },
  });
const remove = (sku: string): Action =>
  action('deleteProduct', { resource: `/shops/7/products/${sku}`, operation: 'destroy' });

describe('an asynchronous API that a configuration describes', () => {
  test(
    'is printed into a package that compiles, without what the API lacks',
    { timeout: 60_000 },
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'batchwright-jobs-'));
      try {
        const example = fileURLToPath(new URL('../../../examples/bulk-jobs', import.meta.url));
        await cp(example, folder, { recursive: true });
        const target = config.targets['catalogue']!;
        const output = join(folder, 'out');
        const input = join(folder, 'openapi.yaml');
        const { diagnostics } = await generate({ ...target, input, output });
        expect(diagnostics).toEqual([]);
        const files = await readFiles(output);
        expect([...files.keys()].filter((path) => path.startsWith('src/batch/'))).toEqual([
          'src/batch/dialect.ts',
          'src/batch/effects.ts',
          'src/batch/index.ts',
          'src/batch/products.ts',
        ]);
        const builders = [
          ...(files.get('src/batch/products.ts') ?? '').matchAll(/export function (\w+)/g),
        ];
        expect(builders.map(([, name]) => name)).toEqual([
          'createProduct',
          'updateProduct',
          'deleteProduct',
        ]);
        expect(files.get('src/batch/dialect.ts')).toContain('readonly hook?: undefined;');
        expect(await compile(output, ['src'])).toEqual([]);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  );

  test('creates a job, releases it, polls until it is done, and reads its results', async () => {
    await using server = await startJobs();
    const client = createClient({ baseUrl: server.baseUrl });
    const batch = createBatch(client, descriptor(), fastClock(200));
    const outcomes = await batch.run([add('A'), add('B'), remove('C')], { shopId: '7' });
    expect([...server.jobs.values()]).toMatchObject([
      {
        items: [
          { target: '/shops/7/products', verb: 'add', data: { sku: 'A' } },
          { target: '/shops/7/products', verb: 'add', data: { sku: 'B' } },
          { target: '/shops/7/products/C', verb: 'remove' },
        ],
      },
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied', 'applied']);
    expect(server.seen.slice(0, 2)).toEqual(['GET /shops/7/jobs', 'POST /shops/7/jobs']);
    expect(server.seen).toContain('PATCH /shops/7/jobs/j1');
  });

  test('names the action that failed, and the others as rolled back', async () => {
    await using server = await startJobs((target) =>
      target.endsWith('/C') ? `remove ${target} with {}: No such product` : undefined,
    );
    const client = createClient({ baseUrl: server.baseUrl });
    const batch = createBatch(client, descriptor(), fastClock(200));
    const outcomes = await batch.run([add('A'), remove('C')], { shopId: '7' });
    expect(outcomes.map(({ status }) => status)).not.toContain('applied');
    expect(JSON.stringify(outcomes)).toContain('No such product');
  });

  test('takes no callback, and cannot read one', () => {
    const batch = createBatch(createClient({ baseUrl: 'https://a.example' }), descriptor());
    // @ts-expect-error -- the server sends none
    const parse: unknown = batch.parseCallback;
    const callback = { url: 'https://b.example', sharedSecret: 's' };
    type Options = Parameters<typeof batch.run>[1];
    // @ts-expect-error -- the server sends none
    const options: Options = { shopId: '7', callback };
    expect({ options, parse }).toBeDefined();
  });
});
