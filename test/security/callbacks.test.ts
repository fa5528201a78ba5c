import { describe, expect, test } from 'vitest';
import { createBatch } from '../../templates/runtime/batch/draft/draft-batch.ts';
import { createClient } from '../../templates/runtime/client.ts';
import { bench, organizationId, ports } from '../runtime/batch/fixtures.ts';
import { meraki } from '../runtime/batch/meraki.ts';

const { parseCallback } = createBatch(createClient({ baseUrl: 'https://127.0.0.1' }), meraki);
const message = { id: '12', confirmed: true, status: { completed: true }, actions: [] };

/** What an unset variable, or a careless cast, puts in the place of a secret. */
const noSecrets = [undefined, null, 0, false, '', {}, []] as const;

describe('a forged callback is refused', () => {
  test.for(noSecrets)('where the secret is %j', async (secret) => {
    // An unset variable gets past the types.
    const sharedSecret = secret as unknown as string;
    for (const forged of ['', String(secret), 'undefined', 'null'])
      await expect(
        parseCallback({ sharedSecret: forged, message }, { sharedSecret }),
      ).rejects.toThrow(TypeError);
  });

  test.for([undefined, null, ''])(
    'where a run asks for callbacks with the secret %j',
    async (secret) => {
      await using at = await bench();
      const callback = { url: 'https://hooks.example', sharedSecret: secret as unknown as string };
      await expect(
        (async () => at.batch.run(ports(1), { organizationId, callback }))(),
      ).rejects.toThrow(TypeError);
      expect(at.simulator.seen).toEqual([]);
    },
  );
});

describe('bytes', () => {
  const text = JSON.stringify({ sharedSecret: 'correct horse', message });

  test.for([
    ['a Buffer', Buffer.from(text)],
    ['a view', new Uint8Array(Buffer.from(text))],
    ['a buffer', new Uint8Array(Buffer.from(text)).buffer],
  ] as const)('of %s are read as text', async ([, bytes]) => {
    const batch = await parseCallback(bytes, { sharedSecret: 'correct horse' });
    expect(batch.id).toBe('12');
  });

  test.for([
    ['a Buffer', Buffer.alloc(10_000_001, 'x')],
    ['a view', new Uint8Array(10_000_001)],
    ['a text', 'x'.repeat(10_000_001)],
  ] as const)('of %s that are too many are not looked at', async ([, bytes]) => {
    await expect(parseCallback(bytes, { sharedSecret: 'correct horse' })).rejects.toThrow(
      'too long',
    );
  });
});
