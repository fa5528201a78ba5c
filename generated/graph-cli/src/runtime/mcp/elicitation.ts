// @ts-nocheck
import { randomBytes, randomInt } from 'node:crypto';
import {
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type InputRequiredResult,
  inputRequired,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { printable } from '../terminal/printable.js';
import type { PlanRecord } from './plan-store.js';
import type { ShownPlan } from './shown-plan.js';

/** What a person said when their client asked. */
export type Answered =
  { readonly said: 'yes'; readonly seen: string | undefined } | { readonly said: 'no' | 'nothing' };

interface Asked {
  readonly plan: string;
  readonly hash: string;
  readonly code: string;
  readonly seen: string | undefined;
  readonly expires: number;
}

/** A longer plan is approved in a terminal: a person has to see all that they agree to. */
const LONGEST_TEXT = 4_000;
const ASKED_MS = 600_000;
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/**
 * Asks the user of a client, by the protocol's own request. What has to be typed is made anew for each
 * question, and stands in no result of a tool; an answer counts once, for the plan that was shown.
 */
export class Elicitation {
  readonly #asked = new Map<string, Asked>();

  /** Whether a client can ask its user, and the plan is short enough for that. */
  canAsk(server: McpServer, context: ServerContext, { text }: ShownPlan): boolean {
    // Clients of 2026 say it with each request, under a name that the type leaves open.
    const envelope = context.mcpReq.envelope as Readonly<Record<string, unknown>> | undefined;
    const capabilities = envelope
      ? (envelope[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities | undefined)
      : server.server.getClientCapabilities();
    return capabilities?.elicitation !== undefined && text.length <= LONGEST_TEXT;
  }

  ask({ id, hash, scope }: PlanRecord, shown: ShownPlan, bin: string): InputRequiredResult {
    const code = Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
    const state = randomBytes(16).toString('hex');
    for (const [key, { expires }] of this.#asked) if (expires < Date.now()) this.#asked.delete(key);
    const asked = { plan: id, hash, code, seen: shown.seen, expires: Date.now() + ASKED_MS };
    this.#asked.set(state, asked);
    const where = Object.entries(scope).map(([name, value]) => ` ${name} ${value}`);
    const message = [
      `${bin}: apply ${shown.changes} changes?${where.join(',')}`,
      ...(shown.destroys > 0 ? [`${shown.destroys} of them DESTROY something.`] : []),
      '',
      shown.text,
      '',
      `To approve, type ${code}.`,
    ].join('\n');
    return inputRequired({
      inputRequests: {
        approval: inputRequired.elicit({
          message: printable(message),
          requestedSchema: {
            type: 'object',
            properties: {
              code: { type: 'string', title: `Type ${code} to approve`, maxLength: 16 },
            },
            required: ['code'],
          },
        }),
      },
      requestState: state,
    });
  }

  /** The answer that came to a question about a plan; undefined where none was asked. */
  answered({ id, hash }: PlanRecord, context: ServerContext): Answered | undefined {
    const state = context.mcpReq.requestState<unknown>();
    const asked = typeof state === 'string' ? this.#asked.get(state) : undefined;
    if (typeof state !== 'string' || !asked) return undefined;
    this.#asked.delete(state);
    if (asked.plan !== id || asked.hash !== hash || asked.expires < Date.now()) return undefined;
    const response = context.mcpReq.inputResponses?.['approval'];
    const { action, content } = (response ?? {}) as {
      readonly action?: unknown;
      readonly content?: { readonly code?: unknown };
    };
    if (action === 'decline') return { said: 'no' };
    const typed = String(content?.code ?? '')
      .trim()
      .toUpperCase();
    if (action === 'accept' && typed === asked.code) return { said: 'yes', seen: asked.seen };
    return { said: 'nothing' };
  }
}
