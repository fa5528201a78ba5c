import { describe, expect, test, vi } from 'vitest';
import { action } from '../../../templates/runtime/batch/action/action.ts';
import type { Action } from '../../../templates/runtime/batch/action/types.ts';
import { facts } from './facts.ts';
import { bench, cyclePorts, organizationId } from './fixtures.ts';

// A busy machine is slow with the requests.
vi.setConfig({ testTimeout: 120_000 });

const scope = { organizationId };

function update(resource: string, body: Record<string, unknown>): Action {
  return action('update', { resource, operation: 'update', body });
}

describe('a preview classes each action:', () => {
  const broker = '/networks/N_1/mqttBrokers/b';
  const networks = { resource: '/organizations/1/networks', operation: 'create' };
  const template = { configTemplateId: 'T' };
  test.for([
    ['reversible', update('/networks/N_1', { name: 'x' }), {}],
    ['partly', update(broker, { name: 'x', password: 'y' }), { members: ['password'] }],
    ['partly', update('/networks/N_1', { name: 'x', timeZone: 'y' }), { members: ['timeZone'] }],
    ['irreversible', update(broker, { password: 'y' }), {}],
    ['irreversible', update('/devices/Q9', { name: 'y' }), { why: 'it is not there' }],
    ['reversible', action('create', { ...networks, body: { name: 'x' } }), {}],
    ['irreversible', action('create', { resource: '/x', operation: 'create' }), {}],
    ['partly', action('destroy', { resource: '/networks/N_1', operation: 'destroy' }), {}],
    ['partly', action('destroy', { resource: broker, operation: 'destroy' }), {}],
    [
      'newId',
      action('destroy', { resource: '/networks/N_1/groupPolicies/7', operation: 'destroy' }),
      {},
    ],
    [
      'reversible',
      action('destroy', { resource: '/networks/N_1/appliance/vlans/7', operation: 'destroy' }),
      {},
    ],
    ['irreversible', cyclePorts({ serial: 'Q', body: { ports: ['1'] } }), {}],
    [
      'reversible',
      action('bind', { resource: '/networks/N_1/bind', operation: 'bind', body: template }),
      {},
    ],
  ] as const)('%s: %j', async ([kind, item, more]) => {
    await using at = await bench({}, facts);
    const { resources } = at.simulator.server;
    resources.put('/networks/N_1', { id: 'N_1', name: 'HQ' });
    resources.put(broker, { id: 'b', name: 'old' });
    resources.put('/networks/N_1/groupPolicies/7', { groupPolicyId: '7', name: 'Guest' });
    resources.put('/networks/N_1/appliance/vlans/7', { id: '7', name: 'Voice' });
    const { steps, reversals } = await at.batch.preview([item], scope);
    expect(steps[0]?.reversal).toMatchObject({ kind, ...more });
    expect(reversals[kind]).toBe(1);
  });
});
