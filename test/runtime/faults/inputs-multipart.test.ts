import { describe, expect, test } from 'vitest';
import { createClient, send } from '../../../generated/meraki/src/runtime/client.ts';
import { multipart } from '../../../templates/runtime/params/multipart.ts';
import { answer } from '../../simulators/fault-acts.ts';
import { serve } from './client.ts';

describe('R69: the name of a field or a file', () => {
  test('R69: quotes and line breaks in it are escaped', async () => {
    const server = await serve(answer());
    const client = createClient({ baseUrl: server.origin });
    const name = 'fi"eld\r\nX-Evil: 1';
    const file = new File(['content'], 'na"me\r\nX-Evil: 1\\.txt', { type: 'text/plain' });
    await send(client, undefined, () => ({
      id: 'upload',
      method: 'POST',
      path: '/files',
      body: multipart({ [name]: 'value', file }),
    }));
    const { body = '', headers = {} } = server.requests[0] ?? {};
    expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(body).toContain('name="fi%22eld%0D%0AX-Evil: 1"');
    expect(body).toContain('filename="na%22me%0D%0AX-Evil: 1\\.txt"');
    expect(body.split('\r\n').filter((line) => line.startsWith('X-Evil'))).toEqual([]);
    expect(body).not.toMatch(/(^|\n)X-Evil/);
  });

  test('R69: a type with a line break makes no header either', async () => {
    const server = await serve(answer());
    const client = createClient({ baseUrl: server.origin });
    const file = new File(['content'], 'a', { type: 'text/plain\r\nX-Evil: 1' });
    await send(client, undefined, () => ({
      id: 'upload',
      method: 'POST',
      path: '/files',
      body: multipart({ file }),
    }));
    expect(server.requests[0]?.body).not.toMatch(/(^|\n)x-evil/i);
  });
});
