import { expect, test } from 'vitest';
import { action } from '../../templates/runtime/batch/action/action.ts';
import { createPlan } from '../../templates/runtime/batch/plan/create-plan.ts';
import { updateNetwork } from '../runtime/batch/builders.ts';
import { meraki } from '../runtime/batch/meraki.ts';
import { redact } from '../../templates/runtime/batch/plan/redact.ts';

test.for([
  'password',
  'psk',
  'radiusSecret',
  'apiKey',
  'auth_token',
  'communityString',
  'Pass-Phrase',
])('a plan as JSON does not show the member %s, and sends it', (name) => {
  const body = { deep: [{ [name]: 'hidden', note: 'seen' }] } as object;
  const sent = updateNetwork({ networkId: 'N_1', body });
  const text = JSON.stringify(createPlan(meraki, [sent]));
  expect(text).not.toContain('hidden');
  expect(text).toContain('seen');
  expect(JSON.stringify(sent)).toContain('hidden');
});

test('further names are the caller’s to say', () => {
  const sent = updateNetwork({ networkId: 'N_1', body: { pin: '1234' } as object });
  const text = JSON.stringify(createPlan(meraki, [sent], { redact: ['PIN'] }));
  expect(text).not.toContain('1234');
});

test('headers and queries are pairs', () => {
  const wire = action('a', {
    method: 'GET',
    url: '/a',
    query: [['token', 'hidden']],
    headers: [['Authorization', 'hidden']],
  });
  expect(JSON.stringify(redact(wire))).not.toContain('hidden');
});

test.for(['keyId', 'monkey', 'compass', 'hasPassword'])('%s is shown', (name) => {
  const value = name === 'hasPassword' ? true : 'seen';
  expect(redact({ body: { [name]: value } })).toEqual({ body: { [name]: value } });
});
