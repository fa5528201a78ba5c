// @ts-nocheck
import type { Client } from '../../client.js';
import { member, memberAt } from '../action/members.js';
import { type AnyAction, type RequestWire, type ResourceWire, target } from '../action/types.js';
import { effectOfWire, resolve, trim } from '../action/wire.js';
import type { Applied, Outcome } from '../outcome/outcome.js';
import type { Verification } from '../outcome/verification.js';
import type { Clock } from '../pace/clock.js';
import type { RateLimiter } from '../pace/rate-limiter.js';
import { differences } from './compare.js';
import { Reader } from './reader.js';

export interface Inspection {
  /** Reads what was touched, and compares it with what was intended. */
  readonly verify?: boolean | undefined;
  /** Fetches what was created. */
  readonly hydrate?: boolean | undefined;
}

interface Effect {
  readonly index: number;
  readonly outcome: Applied<unknown, unknown>;
  readonly verb: string;
  /** Where the resource can be read. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Adds to the outcomes of applied actions what the server now says about their resources. */
export async function inspect(
  requests: {
    readonly client: Client;
    readonly clock: Clock;
    readonly limiter: RateLimiter;
  },
  { verify, hydrate }: Inspection,
  actions: readonly AnyAction[],
  outcomes: Outcome[],
): Promise<void> {
  if (!verify && !hydrate) return;
  const effects = effectsOf(actions, outcomes);
  const reader = new Reader(requests);
  const last = verify ? lastWriters(effects) : undefined;
  await Promise.all(
    effects.map(async (effect) => {
      const { index, outcome, verb } = effect;
      const fetched = hydrate && verb === 'create' ? await reader.read(effect.path) : undefined;
      outcomes[index] = {
        ...outcome,
        ...(fetched && 'value' in fetched ? { resource: fetched.value } : {}),
        ...(last ? { verification: await verificationOf(effect, reader, last) } : {}),
      };
    }),
  );
}

function effectsOf(actions: readonly AnyAction[], outcomes: readonly Outcome[]): readonly Effect[] {
  const values = new Map(
    outcomes.map((outcome, index) => [
      actions[index],
      outcome.status === 'applied' ? outcome.value : undefined,
    ]),
  );
  return outcomes.flatMap((outcome, index): Effect[] => {
    if (outcome.status !== 'applied') return [];
    // It was applied, so its references were resolved, to texts.
    const wire = resolve(actions[index]!, ({ [target]: { action, field } }) =>
      String(memberAt(values.get(action), [field])),
    );
    const { verb, path: touched } = effectOfWire(wire);
    const uri = memberAt(outcome.value, ['uri']);
    const place = verb === 'create' && typeof uri === 'string' ? trim(uri) : touched;
    return [{ index, outcome, verb, path: place, body: bodyOf(wire) }];
  });
}

function bodyOf(wire: ResourceWire | RequestWire): Readonly<Record<string, unknown>> {
  const body = member(wire, 'body');
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

/** For each path and field, the action that wrote it last. */
function lastWriters(effects: readonly Effect[]): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { index, path, verb, body } of effects) {
    if (verb === 'destroy') last.set(path, index);
    for (const field of Object.keys(body)) last.set(`${path} ${field}`, index);
  }
  return last;
}

async function verificationOf(
  { index, verb, path, body }: Effect,
  reader: Reader,
  last: ReadonlyMap<string, number>,
): Promise<Verification> {
  if (verb !== 'create' && verb !== 'update' && verb !== 'destroy') {
    return unverified(`what "${verb}" does cannot be read back`);
  }
  if ((last.get(path) ?? -1) > index) return unverified('a later action destroyed it');
  const look = await reader.read(path);
  if ('why' in look) return unverified(look.why);
  if (verb === 'destroy') {
    if ('missing' in look) return { state: 'same' };
    return different([{ pointer: '', intended: undefined, actual: look.value }]);
  }
  if ('missing' in look) return different([{ pointer: '', intended: body, actual: undefined }]);
  const own = Object.entries(body).filter(([field]) => last.get(`${path} ${field}`) === index);
  return different(differences(Object.fromEntries(own), look.value, ''));
}

function different(found: ReturnType<typeof differences>): Verification {
  return found.length === 0 ? { state: 'same' } : { state: 'different', differences: found };
}

function unverified(reason: string): Verification {
  return { state: 'unverified', reason };
}
