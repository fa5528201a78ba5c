import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import type { SimulatedAccount } from '../src/meraki/testing';

/** Answers the page's requests as an account in memory does. */
export function played(account: SimulatedAccount): Plugin {
  return {
    name: 'played-account',
    configureServer({ middlewares }) {
      middlewares.use('/api/v1', (request, response) => {
        respond(account, request, response).catch(() => response.destroy());
      });
    },
  };
}

async function respond(
  account: SimulatedAccount,
  request: IncomingMessage & { readonly originalUrl?: string | undefined },
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', originalUrl = '', headers } = request;
  const url = new URL(originalUrl, `http://${headers.host}`);
  const body = await readJson(request);
  const { answer, isCut } = await account.respond({ method, url, body, authorized: true });
  if (!answer) return void response.destroy();
  const { status, text, headers: more } = answer;
  const type = text === undefined ? {} : { 'Content-Type': 'application/json' };
  response.writeHead(status, { ...type, ...more });
  if (isCut !== true) return void response.end(text);
  response.write(text?.slice(0, text.length / 2) ?? '', () => response.destroy());
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}
