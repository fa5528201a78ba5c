import { expect, test, vi } from 'vitest';
import { createClient, type Request, send } from '../../../templates/runtime/client.ts';
import { bearer } from '../../../templates/runtime/transport/credentials.ts';
import { oauth2, type Tokens } from '../../../templates/runtime/transport/oauth2.ts';
import { json, rejection, serve } from './server.ts';

const get: Request = { id: 'get', method: 'GET', path: '/things' };
const client = { clientId: 'app', clientSecret: 'app-secret' };
const hour = 3_600_000;

test('a code becomes tokens at the first call, and these are kept by the user', async () => {
  const server = await serve((response) =>
    json(response, { access_token: 'A1', refresh_token: 'R1', expires_in: 3600 }),
  );
  const kept: Tokens[] = [];
  const secret = oauth2({
    ...client,
    tokenUrl: `${server.origin}/token`,
    grant: { code: 'the code', redirectUri: 'https://app.example/back' },
    onTokens: (tokens) => void kept.push(tokens),
  });
  const credentials = [bearer(secret)];
  await send(createClient({ baseUrl: server.origin, credentials }), undefined, () => get);
  expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'POST /token',
    'GET /things',
  ]);
  expect(Object.fromEntries(new URLSearchParams(server.seen[0]?.body))).toEqual({
    client_id: 'app',
    client_secret: 'app-secret',
    grant_type: 'authorization_code',
    code: 'the code',
    redirect_uri: 'https://app.example/back',
  });
  expect(server.seen[1]?.headers.authorization).toBe('Bearer A1');
  expect(kept).toMatchObject([{ accessToken: 'A1', refreshToken: 'R1' }]);
});

test('a token that has ended is refreshed once, however many calls need it', async () => {
  const server = await serve((response, _request, number) =>
    json(response, { access_token: `A${number}`, refresh_token: `R${number}`, expires_in: '3600' }),
  );
  const secret = oauth2({
    ...client,
    tokenUrl: `${server.origin}/token`,
    grant: { accessToken: 'A0', refreshToken: 'R0', expiresAt: 0 },
  });
  expect(await Promise.all([secret(), secret(), secret()])).toEqual(['A1', 'A1', 'A1']);
  expect(server.seen.length).toBe(1);
  expect(new URLSearchParams(server.seen[0]?.body).get('refresh_token')).toBe('R0');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hour });
  try {
    expect(await secret()).toBe('A2');
    expect(new URLSearchParams(server.seen[1]?.body).get('refresh_token')).toBe('R1');
  } finally {
    vi.useRealTimers();
  }
});

test('a refresh token that the server does not rotate is kept', async () => {
  const server = await serve((response) => json(response, { access_token: 'A', expires_in: 1 }));
  const grant = { accessToken: 'A0', refreshToken: 'R0', expiresAt: 0 };
  const secret = oauth2({ ...client, tokenUrl: server.origin, grant });
  await secret();
  await secret();
  expect(server.seen.map(({ body }) => new URLSearchParams(body).get('refresh_token'))).toEqual([
    'R0',
    'R0',
  ]);
});

test('a refusal names its code and no secret, and the next call tries again', async () => {
  const server = await serve((response, _request, number) =>
    number === 1
      ? json(response, { error: 'invalid_grant', error_description: 'R0 app-secret' }, 400)
      : json(response, { access_token: 'A' }),
  );
  const grant = { accessToken: 'A0', refreshToken: 'R0', expiresAt: 0 };
  const secret = oauth2({ ...client, tokenUrl: server.origin, grant });
  const error = await rejection(secret());
  expect(error.message).toBe('OAuth 2: 400 invalid_grant');
  expect(await secret()).toBe('A');
});

test('a token in force is given as it is', async () => {
  const grant = { accessToken: 'A0', expiresAt: Date.now() + hour };
  expect(await oauth2({ ...client, tokenUrl: 'http://127.0.0.1:9', grant })()).toBe('A0');
});

test('a token that has ended without a refresh token is an error', async () => {
  const grant = { accessToken: 'A0', expiresAt: 0 };
  const error = await rejection(oauth2({ ...client, tokenUrl: 'http://127.0.0.1:9', grant })());
  expect(error.message).toBe('OAuth 2: the token has ended, and there is no refresh token');
});
