import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import config from '../../../../examples/asana/batchwright.config.ts';
import { generate } from '../../../../generator/generate.ts';
import { createRequestBatch } from '../../../../templates/runtime/batch/request/request-batch.ts';
import type { RequestDialect } from '../../../../templates/runtime/batch/request/request-protocol.ts';
import { compile } from '../../../support/compile.ts';
import { readFiles } from '../../../support/emit.ts';
import { canned, change, get, post, remove, type GraphTraits } from './fixtures.ts';

// The worked example of docs/dialects.md.

interface AsanaTraits extends Omit<GraphTraits, 'within'> {
  readonly within: readonly ['data'];
}

function descriptor(): RequestDialect<AsanaTraits> {
  const dialect = config.targets['asana']?.dialect;
  if (typeof dialect !== 'object') throw new Error('Asana has no dialect');
  const { runtime } = dialect;
  if (!('batches' in runtime)) throw new Error('Asana is no dialect of requests');
  return runtime.batches as RequestDialect<AsanaTraits>;
}

interface Task {
  readonly data: { readonly gid: string };
}

function task(name: string, more: object = {}): ReturnType<typeof post<Task>> {
  return post<Task>('/tasks', { data: { name, ...more } });
}

describe('a dialect that a configuration brings', () => {
  test('is printed into the package, which compiles', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'batchwright-asana-'));
    try {
      await cp(fileURLToPath(new URL('../../../../examples/asana', import.meta.url)), folder, {
        recursive: true,
      });
      const target = config.targets['asana']!;
      const output = join(folder, 'out');
      const input = join(folder, 'openapi.yaml');
      const { diagnostics } = await generate({ ...target, input, output });
      expect(diagnostics).toEqual([]);
      const files = await readFiles(output);
      expect(files.get('src/batch/dialect.ts')).toContain('export const asana: RequestDialect<');
      expect([...files.keys()].filter((path) => path.startsWith('src/batch/'))).toEqual([
        'src/batch/dialect.ts',
        'src/batch/effects.ts',
        'src/batch/index.ts',
        'src/batch/tasks.ts',
      ]);
      expect(await compile(output, ['src'])).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('says what goes over the wire', async () => {
    const { client, clock, sent } = canned([
      200,
      {
        data: [
          { status_code: 201, body: { data: { gid: '1' } } },
          { status_code: 200, body: { data: { gid: '2' } } },
          { status_code: 404, body: { errors: [{ message: 'task: Unknown object: 3' }] } },
        ],
      },
    ]);
    const batch = createRequestBatch(client, descriptor(), clock);
    const outcomes = await batch.run(
      [task('New'), change('PUT', '/tasks/2', { data: { completed: true } }), remove('/tasks/3')],
      { onError: 'continue' },
    );
    expect(sent).toEqual([
      {
        method: 'POST',
        path: '/batch',
        body: {
          data: {
            actions: [
              { method: 'post', relative_path: '/tasks', data: { name: 'New' } },
              { method: 'put', relative_path: '/tasks/2', data: { completed: true } },
              { method: 'delete', relative_path: '/tasks/3' },
            ],
          },
        },
      },
    ]);
    expect(outcomes).toMatchObject([
      { status: 'applied', value: { data: { gid: '1' } } },
      { status: 'applied' },
      { status: 'failed', error: { status: 404, message: 'task: Unknown object: 3' } },
    ]);
  });

  test('never puts two actions of one resource into a batch whose order nobody keeps', () => {
    const { client } = canned();
    const { plan } = createRequestBatch(client, descriptor());
    const rename = change('PUT', '/tasks/2', { data: { name: 'a' } });
    const finish = change('PUT', '/tasks/2', { data: { completed: true } });
    const { batches } = plan([rename, get('/tasks/1'), finish]);
    expect(batches.map(({ actions, after }) => [actions, after])).toEqual([
      [[0, 1], []],
      [[2], [0]],
    ]);
  });

  test('resolves references from one batch to the next', async () => {
    const { client, clock, sent } = canned(
      [200, { data: [{ status_code: 201, body: { data: { gid: '77' } } }] }],
      [200, { data: [{ status_code: 201, body: { data: { gid: '78' } } }] }],
    );
    const batch = createRequestBatch(client, descriptor(), clock);
    const parent = task('Parent');
    await batch.run([parent, task('Child', { parent: batch.ref(parent, 'gid') })]).values();
    expect(sent[1]?.body).toMatchObject({ data: { actions: [{ data: { parent: '77' } }] } });
  });
});
