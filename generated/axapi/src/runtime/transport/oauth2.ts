// @ts-nocheck
/** The tokens of a grant, as the server gave them (RFC 6749, 5.1). */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  /** When the access token ends, in milliseconds since 1970; absent where the server does not say. */
  readonly expiresAt?: number | undefined;
}

export interface OAuth2Options {
  /** Where tokens are given: `https://as.example.com/oauth/token`. */
  readonly tokenUrl: string;
  readonly clientId: string;
  /** Absent for a client that keeps no secret (PKCE). */
  readonly clientSecret?: string | undefined;
  /** The grant at hand: the code that the user came back with, or tokens that were kept. */
  readonly grant: AuthorizationCode | Tokens;
  /** Called with each new pair of tokens before they are used: a refresh token may serve once only. */
  readonly onTokens?: ((tokens: Tokens) => void | Promise<void>) | undefined;
  /** Sends the requests. Default: the platform's `fetch`. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

export interface AuthorizationCode {
  readonly code: string;
  readonly redirectUri: string;
  readonly codeVerifier?: string | undefined;
}

/** Milliseconds before its end at which a token is replaced. */
const EARLY = 60_000;

/**
 * A credential for OAuth 2 with an authorization code: gives the access token, and gets a new one
 * with the refresh token a minute before its end. Calls at the same time wait for one and the same
 * refresh.
 *
 * @throws Error where the server refuses; no token, code or secret is in its message.
 */
export function oauth2(options: OAuth2Options): () => Promise<string> {
  let tokens = 'accessToken' in options.grant ? options.grant : undefined;
  let pending: Promise<Tokens> | undefined;
  return async () => {
    if (pending) tokens = await pending;
    if (tokens && !hasEnded(tokens)) return tokens.accessToken;
    pending ??= renewed(options, tokens).finally(() => (pending = undefined));
    tokens = await pending;
    return tokens.accessToken;
  };
}

function hasEnded({ expiresAt = Infinity }: Tokens): boolean {
  return Date.now() >= expiresAt - EARLY;
}

async function renewed(options: OAuth2Options, tokens: Tokens | undefined): Promise<Tokens> {
  const { clientId, clientSecret, grant, tokenUrl } = options;
  const fields = new URLSearchParams({ client_id: clientId });
  if (clientSecret !== undefined) fields.set('client_secret', clientSecret);
  if (tokens) {
    if (tokens.refreshToken === undefined)
      throw new Error('OAuth 2: the token has ended, and there is no refresh token');
    fields.set('grant_type', 'refresh_token');
    fields.set('refresh_token', tokens.refreshToken);
  } else if ('code' in grant) {
    fields.set('grant_type', 'authorization_code');
    fields.set('code', grant.code);
    fields.set('redirect_uri', grant.redirectUri);
    if (grant.codeVerifier !== undefined) fields.set('code_verifier', grant.codeVerifier);
  }
  const response = await (options.fetch ?? fetch)(tokenUrl, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: fields,
    redirect: 'error',
  });
  const answer = (await response.json().catch(() => undefined)) as TokenAnswer | undefined;
  const accessToken = answer?.access_token;
  if (!response.ok || typeof accessToken !== 'string' || accessToken === '')
    throw new Error(`OAuth 2: ${response.status} ${errorCode(answer)}`);
  const fresh: Tokens = {
    accessToken,
    // A server that does not rotate it leaves the old one in force (RFC 6749, 6).
    refreshToken: answer?.refresh_token ?? tokens?.refreshToken,
    expiresAt: expiry(answer?.expires_in),
  };
  await options.onTokens?.(fresh);
  return fresh;
}

interface TokenAnswer {
  readonly access_token?: unknown;
  readonly refresh_token?: string;
  readonly expires_in?: unknown;
  readonly error?: unknown;
}

/** Some servers send the seconds as a string. */
function expiry(seconds: unknown): number | undefined {
  const number = Number(seconds);
  return number > 0 ? Date.now() + number * 1000 : undefined;
}

/** Only what the standard has (RFC 6749, 5.2): a server may repeat the request in its words. */
function errorCode(answer: TokenAnswer | undefined): string {
  const code = String(answer?.error ?? '');
  return /^[a-z_]{1,40}$/.test(code) ? code : 'no token';
}
