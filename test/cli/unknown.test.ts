import { expect, test } from 'vitest';
import { plan, ports, useAccount } from './account.ts';

const account = useAccount({ stuck: true });
const { run: meraki } = account;

test(
  'the exit code is 5 for rows of which it is unknown what they did',
  { timeout: 60_000 },
  async () => {
    await account.write('changes.csv', ports('a', 'b'));
    await meraki(plan);
    const ended = await meraki('batch apply plan.jsonl --yes --option timeout=3000');
    expect(ended).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('Of 2 rows it is unknown what they did.'),
    });
    expect(ended.stderr).toContain('meraki batch resume');
    expect((await meraki('batch show --last')).stdout).toMatch(/^1,unknown,/m);
  },
);
