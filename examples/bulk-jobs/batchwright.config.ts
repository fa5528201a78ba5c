import { type Config, defineConfig, type Dialect, draftDialect } from '../../generator/index.ts';

const jobs = '/shops/{shopId}/jobs';
const job = `${jobs}/{batch}`;

const catalogue: Dialect = draftDialect({
  name: 'catalogue',
  verbs: { POST: 'create', PATCH: 'update', DELETE: 'destroy' },
  batches: {
    limits: { actions: { async: 200 }, bytes: 500_000, concurrent: 3, perSecond: 5, burst: 5 },
    expected: { async: 20_000 },
    timeout: 900_000,
    references: { verbs: ['create'], fields: ['id', 'uri'] },
    calls: {
      create: { id: 'createJob', method: 'POST', path: jobs, body: { state: 'open' } },
      confirm: { id: 'releaseJob', method: 'PATCH', path: job, body: { state: 'queued' } },
      discard: { id: 'deleteJob', method: 'DELETE', path: job },
      read: { id: 'getJob', method: 'GET', path: job },
      list: { id: 'listJobs', method: 'GET', path: jobs },
    },
    envelope: {
      actions: 'items',
      action: {
        resource: 'target',
        operation: 'verb',
        body: 'data',
        verbs: { create: 'add', update: 'change', destroy: 'remove' },
      },
    },
    record: {
      id: ['jobId'],
      confirmed: { at: ['state'], is: ['queued', 'running', 'done', 'failed'] },
      completed: { at: ['state'], is: ['done'] },
      failed: { at: ['state'], is: ['failed'] },
      errors: ['problems'],
      created: ['added'],
      actions: ['items'],
    },
    busy: { status: 409, text: 'too many jobs' },
    failure: /^(?<operation>\S+) (?<resource>\S+) with /,
  },
});

const config: Config = defineConfig({
  targets: {
    catalogue: {
      input: 'openapi.yaml',
      output: 'catalogue',
      name: '@acme/catalogue',
      dialect: catalogue,
    },
  },
});

export default config;
