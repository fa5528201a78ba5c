import { describe, expect, test } from 'vitest';
import { agreeing, planOf, runsOf } from './model.ts';
import { useWritingServer } from './writing-server.ts';

const { account, start, approve, expectNothing } = useWritingServer();

/** Changes of ports from the first on. */
function changes(count: number): Record<string, unknown> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return {
    changes: numbers.map((port) => ({
      operation: 'updateDeviceSwitchPort',
      input: { serial: 'Q2AA', portId: String(port), body: { name: `name ${port}` } },
    })),
  };
}

describe('a person', { timeout: 60_000 }, () => {
  test('is not asked by a client where a terminal alone approves', async () => {
    await using model = await start('--approve-in terminal', { person: agreeing });
    const plan = await model.plan('a');
    expect(await model.call('apply', plan)).toContain('Not approved yet');
    expect(model.asked).toEqual([]);
    await expectNothing();
    await approve(plan.plan);
    expect(await model.apply(plan)).toContain('1 applied');
  });

  test('is not asked by a client about a plan that is too long to be seen whole', async () => {
    await using model = await start('', { person: agreeing });
    const plan = planOf(await model.call('plan', changes(40)));
    expect(await model.call('apply', plan)).toContain('Not approved yet');
    expect(model.asked).toEqual([]);
    await expectNothing();
    const { shown } = await approve(plan.plan);
    for (let port = 1; port <= 40; port++) expect(shown).toContain(`"name ${port}"`);
  });

  test('types how many changes destroy something', async () => {
    await using model = await start();
    const destroy = (vlanId: string) => ({
      operation: 'deleteNetworkApplianceVlan',
      input: { networkId: 'N_1', vlanId },
    });
    const text = await model.call('plan', { changes: [destroy('1'), destroy('2')] });
    expect(text).toContain('2 changes, of which 2 destroy something.');
    const plan = planOf(text);
    expect(await approve(plan.plan, 'yes')).toMatchObject({ code: 2 });
    expect(await model.call('apply', plan)).toContain('Not approved yet');
    expect(await approve(plan.plan, '2')).toMatchObject({ code: 0 });
    expect(await model.apply(plan)).toContain('2 applied');
  });
});

describe('a run', { timeout: 60_000 }, () => {
  test.each(['SIGKILL', 'SIGTERM'] as const)(
    'whose server ends by %s is taken up, and applies nothing twice',
    async (signal) => {
      const model = await start();
      const plan = planOf(await model.call('plan', changes(30)));
      await approve(plan.plan);
      const applying = model.call('apply', plan).catch(() => '');
      while (account.applied.length === 0) await new Promise((next) => setTimeout(next, 10));
      process.kill(model.pid ?? 0, signal);
      await applying;
      await model[Symbol.asyncDispose]();
      const [run = ''] = await runsOf(account.cli, 'meraki');
      expect(await account.run(`batch resume ${run}`)).toMatchObject({ code: 0 });
      const resources = account.applied.map(({ resource }) => resource);
      expect(new Set(resources).size).toBe(30);
      expect(resources).toHaveLength(30);
    },
  );
});
