import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { plan, ports, useAccount } from './account.ts';
import { install } from './installed.ts';

const account = useAccount();
const { run: meraki } = account;

/** An account with a batch that is completed, one that failed, and a draft. */
async function withBatches(): Promise<void> {
  for (const [name, command] of [
    ['good', 'apply plan.jsonl --yes'],
    ['bad', 'apply plan.jsonl --yes'],
    ['later', 'draft plan.jsonl'],
  ] as const) {
    await account.write('changes.csv', ports(name));
    await meraki(plan);
    await meraki(`batch ${command}`);
  }
}

test('the batches of an organization are listed, drafts marked', { timeout: 60_000 }, async () => {
  await withBatches();
  const { code, stdout } = await meraki('batch list');
  const batches: readonly { readonly state: string; readonly actions: readonly object[] }[] =
    JSON.parse(stdout);
  expect([code, batches.map(({ state }) => state).toSorted()]).toEqual([
    0,
    ['completed', 'draft', 'failed'],
  ]);
  expect(batches[0]?.actions).toHaveLength(1);
});

test.each([
  ['--output csv', /^id,state\n(?:[^,\n]+,(?:completed|draft|failed)\n){3}$/],
  ['--output csv --fields state,confirmed --limit 1', /^state,confirmed\n[^,\n]+,[^,\n]+\n$/],
  ['--output table', /state[^]*draft/],
  ['--output jsonl', /^(?:\{.*"state":"\w+".*\}\n){3}$/],
])('batch list %s', { timeout: 60_000 }, async (options, expected) => {
  await withBatches();
  expect((await meraki(`batch list ${options}`)).stdout.replaceAll('\r', '')).toMatch(expected);
});

test('the organization may be an option', { timeout: 60_000 }, async () => {
  await withBatches();
  const { MERAKI_ORGANIZATION_ID: _, ...env } = account.env;
  account.env = env;
  expect(await meraki('batch list')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--organizationId is missing'),
  });
  const { stdout } = await meraki('batch list --organizationId 1');
  expect(JSON.parse(stdout)).toHaveLength(3);
});

test.each(['axapi', 'journyx', 'graph'])(
  'where a batch is a request, there is nothing to list: %s',
  { timeout: 60_000 },
  async (name) => {
    const folder = (path: string): string =>
      fileURLToPath(new URL(`../../generated/${path}`, import.meta.url));
    await using cli = await install(folder(name), folder(`${name}-cli`));
    expect(await cli.run(['batch', 'list'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("unknown command 'list'"),
    });
  },
);
