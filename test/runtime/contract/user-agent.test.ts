import { expect, test } from 'vitest';
import { checkUserAgent } from '../../../templates/runtime/transport/user-agent.ts';

test.each(['Inventory Acme', 'Inventory/1.0 Acme', 'Inventory/1.0.0-beta+7 Acme2', 'App_1 Vendor'])(
  '%j names an application and its vendor',
  (value) => {
    expect(checkUserAgent(value)).toBe(value);
  },
);

test.each([
  '',
  'Inventory',
  'My App Acme',
  'Inventory/ Acme',
  'Inventory  Acme',
  'Inv(x) Acme',
  'A/1 B\r\nX: 1',
  'A/1 B ',
])('%j does not', (value) => {
  expect(() => checkUserAgent(value)).toThrow(TypeError);
});
