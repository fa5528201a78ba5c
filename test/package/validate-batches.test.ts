import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from './blocks.ts';
import { failureOf, loadPackage, schemaTemplates } from './checked-package.ts';

// The option `validate` of a client object, and the actions of batches.

interface Account {
  readonly fetch: (url: URL, init: RequestInit) => Promise<Response>;
  readonly changes: readonly unknown[];
}
type Build = (input: object) => object;
interface Batch {
  readonly plan: (items: object, options?: object) => { readonly actions: readonly object[] };
  readonly run: (items: object, options: object) => PromiseLike<readonly { status: string }[]>;
  readonly draft: (items: object, options: object) => Promise<object>;
  readonly preview: (items: object, options: object) => Promise<{ readonly changes: object }>;
  readonly undo: (journal: object) => Promise<object>;
  readonly resume: (journal: object, options: object) => PromiseLike<unknown>;
  readonly atomic: (actions: readonly object[]) => object;
  readonly ref: (action: object) => object;
  readonly switch: { readonly updateDeviceSwitchPort: Build };
  readonly organizations: { readonly createOrganizationNetwork: Build };
  readonly networks: { readonly updateNetwork: Build };
}
interface Failure {
  readonly code: string;
  readonly operation: string;
  readonly message: string;
  readonly issues?: readonly object[];
}
interface Package {
  readonly createMeraki: (options: object) => { readonly batch: Batch; readonly client: object };
  readonly createClient: (options: object) => object;
  readonly createBatch: (client: object) => Batch;
  readonly createAccount: (options: object) => Account;
  readonly memoryJournal: () => object;
  readonly schemas: { readonly validated: (client: object, choice: object) => object };
}

const secret = 'hunter2-of-mine';
const organizationId = '1';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'batchwright-checked-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(schemaTemplates)('with %s', (name, module, templates) => {
  let meraki: Package;
  const sent: string[] = [];

  beforeAll(async () => {
    const output = join(folder, name.replace(' ', '-'));
    const paths = [
      '/devices/*/switch/ports/*',
      '/organizations/*/actionBatches**',
      '/organizations/*/actionBatches/*',
      '/organizations/*/networks',
      '/networks/*',
    ];
    const input = `${root}specs/meraki/openapi.yaml`;
    const target = { input, output, dialect: 'meraki', name: '@acme/meraki', include: { paths } };
    meraki = await loadPackage({ ...target, templates }, [
      'index',
      'batch/index',
      'testing',
      module,
    ]);
  }, 60_000);

  const seed = { '/devices/Q2AA/switch/ports': [{ portId: '1', name: 'a' }, { portId: '2' }] };
  function open(choice: object = { request: true }, more: object = {}): [Batch, Account] {
    sent.length = 0;
    const account = meraki.createAccount({ seed });
    const fetch = (url: URL, init: RequestInit): Promise<Response> => {
      sent.push(`${init.method} ${url.pathname}`);
      return account.fetch(url, init);
    };
    const validate = { schemas: meraki.schemas, ...choice };
    const options = { apiKey: 'k', userAgent: 'Tests Acme', limiter: undefined, fetch, validate };
    return [meraki.createMeraki({ ...options, ...more }).batch, account];
  }
  const port = (batch: Batch, body: object, portId = '1'): object =>
    batch.switch.updateDeviceSwitchPort({ serial: 'Q2AA', portId, body });

  test.each<readonly [string, (batch: Batch, items: object) => PromiseLike<unknown> | object]>([
    ['plan', (batch, items) => batch.plan(items)],
    ['run', (batch, items) => batch.run(items, { organizationId })],
    ['draft', (batch, items) => batch.draft(items, { organizationId })],
    ['preview', (batch, items) => batch.preview(items, { organizationId })],
  ])('%s refuses a body before anything is sent', async (_, call) => {
    const [batch] = open();
    const items = [port(batch, { name: 'new' }), port(batch, { vlan: 'x' }, '2')];
    const failure = await failureOf<Failure>(() => call(batch, items));
    expect(failure).toMatchObject({ code: 'validation', operation: 'updateDeviceSwitchPort' });
    expect(failure.message).toMatch(/action 1 \(updateDeviceSwitchPort\): body\.vlan: \S/);
    const message: unknown = expect.any(String);
    expect(failure.issues).toEqual([{ action: 1, path: ['vlan'], message }]);
    expect(sent).toEqual([]);
  });

  test.each([
    [
      'in a group',
      (batch: Batch, bad: object) => [port(batch, {}), batch.atomic([port(batch, {}), bad])],
    ],
    [
      'under names',
      (batch: Batch, bad: object) => ({ a: port(batch, {}), b: port(batch, {}), bad }),
    ],
    ['last of many', (batch: Batch, bad: object) => [port(batch, {}), port(batch, {}), bad]],
  ])('an action %s is refused by its index in the plan', async (_, itemsOf) => {
    const [batch] = open();
    const items = itemsOf(batch, port(batch, { tags: [1] }, '2'));
    const failure = await failureOf<Failure>(() => batch.run(items, { organizationId }));
    expect(failure.issues).toMatchObject([{ action: 2, path: ['tags', 0] }]);
    expect(failure.message).toContain('body.tags[0]: ');
  });

  test.each([
    ['vlan', { vlan: secret }],
    ['type', { type: secret }],
    ['tags', { tags: secret }],
    ['poeEnabled', { poeEnabled: secret }],
  ])('an error names the place %s, and not the value there', async (place, body) => {
    const [batch] = open();
    const failure = await failureOf<Failure>(() =>
      batch.run([port(batch, body)], { organizationId }),
    );
    expect(failure.message).toContain(`body.${place}: `);
    expect(JSON.stringify({ ...failure, message: failure.message })).not.toContain(secret);
  });

  test('actions that come as a stream are checked as they come', async () => {
    const [batch, account] = open();
    let closed = false;
    async function* items(): AsyncGenerator<object> {
      try {
        yield port(batch, { name: 'new' });
        yield port(batch, { vlan: 'x' });
        yield port(batch, { vlan: 3 });
      } finally {
        closed = true;
      }
    }
    const failure = await failureOf<Failure>(() => batch.run(items(), { organizationId }));
    expect(failure.issues).toMatchObject([{ action: 1, path: ['vlan'] }]);
    expect([closed, account.changes]).toEqual([true, []]);
  });

  test('what fits runs, from a plan, its preview and its undoing', async () => {
    const [batch, account] = open({ request: true, response: true });
    const journal = meraki.memoryJournal();
    const plan = batch.plan([port(batch, { name: 'new' }), port(batch, { vlan: 3 }, '2')]);
    const preview = await batch.preview(plan, { organizationId });
    const outcomes = await batch.run(preview, { organizationId, journal, capture: true });
    expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied']);
    const undo = await batch.undo(journal);
    await batch.run(undo, { organizationId });
    expect(account.changes.length).toBeGreaterThan(2);
  });

  test('a plan that was made without checks is checked when it runs', async () => {
    const [unchecked] = open({});
    const plan = unchecked.plan([port(unchecked, { vlan: 'x' })]);
    const [batch] = open();
    const failure = await failureOf<Failure>(() => batch.run(plan, { organizationId }));
    expect(failure.issues).toMatchObject([{ action: 0, path: ['vlan'] }]);
  });

  test('a reference is let through, and what is beside it is checked', async () => {
    const [batch] = open();
    const create = (body: object): object =>
      batch.organizations.createOrganizationNetwork({ organizationId, body });
    const made = create({ name: 'Lab', productTypes: ['switch'] });
    const id = batch.ref(made);
    const update = (body: object): object =>
      batch.networks.updateNetwork({ networkId: batch.ref(made) as never, body });
    expect(batch.plan([made, update({ name: id, tags: [id] })]).actions).toHaveLength(2);
    const failure = await failureOf<Failure>(() =>
      batch.plan([made, update({ name: id, notes: 7 })]),
    );
    expect(failure.issues).toMatchObject([{ action: 1, path: ['notes'] }]);
  });

  test('with `warn` it runs, and the logger gets a line', async () => {
    const lines: string[] = [];
    const quiet = (): void => {};
    const warn = (line: string): void => void lines.push(line);
    const logger = { debug: quiet, info: quiet, warn, error: quiet };
    const [batch] = open({ request: 'warn' }, { logger });
    await batch.run([port(batch, { vlan: 'x' })], { organizationId });
    expect(lines).toEqual([
      expect.stringMatching(/^action 0 \(updateDeviceSwitchPort\): body\.vlan: /),
    ]);
  });

  test('a batch of a client of single functions is checked, too', async () => {
    const client = meraki.createClient({ apiKey: 'k', userAgent: 'Tests Acme' });
    const checked = meraki.createBatch(meraki.schemas.validated(client, { request: true }));
    expect(() => checked.plan([port(checked, { vlan: 'x' })])).toThrow('body.vlan: ');
    const plain = meraki.createBatch(meraki.schemas.validated(client, { response: true }));
    expect(plain.plan([port(plain, { vlan: 'x' })]).actions).toHaveLength(1);
  });
});
