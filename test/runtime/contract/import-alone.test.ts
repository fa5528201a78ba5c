// Importing a client loads no part of the platform: Node.js loads its fetch when one of these is first named.
import { afterEach, expect, test, vi } from 'vitest';

const names = ['Response', 'Request', 'Headers', 'FormData', 'fetch'] as const;
const before = names.map(
  (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
);

afterEach(() => {
  for (const [name, descriptor] of before)
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
});

test('of the client, its transport and the one for Node.js names no class of fetch', async () => {
  const named: string[] = [];
  for (const name of names) {
    const value: unknown = globalThis[name];
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get: () => {
        named.push(name);
        return value;
      },
    });
  }
  vi.resetModules();
  await import('../../../templates/runtime/client.ts');
  const { transport } = await import('../../../templates/runtime/transport/transport.ts');
  await import('../../../templates/runtime/transport/undici.ts');
  expect(named).toEqual([]);
  expect(transport).toBeTypeOf('function');
});
