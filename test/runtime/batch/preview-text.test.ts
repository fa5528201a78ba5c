import { describe, expect, test, vi } from 'vitest';
import { action } from '../../../templates/runtime/batch/action/action.ts';
import { facts } from './facts.ts';
import { bench } from './fixtures.ts';
import { scope } from './undoing.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

describe('a preview as text', () => {
  const text = async (old: object, body: object): Promise<readonly string[]> => {
    await using at = await bench({}, facts);
    const path = '/devices/Q/switch/ports/1';
    at.simulator.server.resources.put(path, { portId: '1', ...old });
    const change = action('update', { resource: path, operation: 'update', body });
    return String(await at.batch.preview([change], scope)).split('\n');
  };

  test('aligns names and arrows', async () => {
    const lines = await text({ name: 'uplink', vlan: 1 }, { name: 'API', vlan: 99 });
    expect(lines.slice(1, 3)).toEqual([
      '    ~ name: "uplink" → "API"',
      '    ~ vlan: 1        → 99',
    ]);
  });

  test('shows of objects what differs', async () => {
    const tags = { a: 1, b: { c: 2, d: 3 } };
    const lines = await text({ tags }, { tags: { a: 1, b: { c: 7, d: 3 } } });
    expect(lines[1]).toBe('    ~ tags.b.c: 2 → 7');
    expect(lines[2]).toBe('');
  });

  test.for<[string, unknown, unknown]>([
    ['texts', 'x'.repeat(200), 'y'.repeat(200)],
    [
      'lists that differ at the end',
      [...'abcdefghijklmnopq', 'old'],
      [...'abcdefghijklmnopq', 'new'],
    ],
    ['a text that gets longer', 'same '.repeat(30), `${'same '.repeat(30)}but for this`],
  ])('cuts long %s so that they can be told apart, in 80 columns', async ([, old, next]) => {
    const [, line = ''] = await text({ tags: old }, { tags: next });
    expect(line.length).toBeLessThanOrEqual(80);
    const [before, after] = line.replace('    ~ tags: ', '').split(' → ');
    expect(before!.trim()).not.toBe(after);
  });

  test('and as JSON has no secrets', async () => {
    await using at = await bench({}, facts);
    const body = { name: 'b', host: 'h', password: 'hunter2', nested: { psk: 'hunter3' } };
    const create = action('create', {
      resource: '/networks/N_1/mqttBrokers',
      operation: 'create',
      body,
    });
    const plan = at.batch.plan([create], { redact: ['host'] });
    const preview = await at.batch.preview(plan, scope);
    for (const shown of [String(preview), JSON.stringify(preview)]) {
      expect(shown).toContain('[redacted]');
      expect(shown).not.toMatch(/hunter|"h"/);
    }
    expect(preview.steps[0]).toMatchObject({ members: { password: 'hunter2' } });
  });
});
