import { ApiError } from '../../answers/errors.js';
import type { Client } from '../../client.js';
import { path } from '../../params/path.js';
import { member, memberAt } from '../action/members.js';
import { type AnyAction, type RequestWire, type ResourceWire, target } from '../action/types.js';
import { effectOfWire, resolve, trim } from '../action/wire.js';
import type { Applied, Outcome } from '../outcome/outcome.js';
import type { Verification } from '../outcome/verification.js';
import type { RateLimiter } from '../pace/rate-limiter.js';
import { differences } from './compare.js';

export interface Inspection {
  /** Reads what was touched, and compares it with what was intended. */
  readonly verify?: boolean | undefined;
  /** Fetches what was created. */
  readonly hydrate?: boolean | undefined;
}

/** What a look at one resource gave. */
type Look = { readonly found: unknown } | { readonly missing: true } | { readonly error: string };

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
  requests: { readonly client: Client; readonly limiter: RateLimiter },
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
        ...(fetched && 'found' in fetched ? { resource: fetched.found } : {}),
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
  if ('error' in look) return unverified(look.error);
  if (verb === 'destroy') {
    if ('missing' in look) return { state: 'same' };
    return different([{ pointer: '', intended: undefined, actual: look.found }]);
  }
  if ('missing' in look) return different([{ pointer: '', intended: body, actual: undefined }]);
  const own = Object.entries(body).filter(([field]) => last.get(`${path} ${field}`) === index);
  return different(differences(Object.fromEntries(own), look.found, ''));
}

function different(found: ReturnType<typeof differences>): Verification {
  return found.length === 0 ? { state: 'same' } : { state: 'different', differences: found };
}

function unverified(reason: string): Verification {
  return { state: 'unverified', reason };
}

/** Reads each resource once, within the rate. */
class Reader {
  readonly #client: Client;
  readonly #limiter: RateLimiter;
  readonly #looks = new Map<string, Promise<Look>>();

  constructor({ client, limiter }: { readonly client: Client; readonly limiter: RateLimiter }) {
    this.#client = client;
    this.#limiter = limiter;
  }

  read(place: string): Promise<Look> {
    const known = this.#looks.get(place) ?? this.#look(place);
    this.#looks.set(place, known);
    return known;
  }

  async #look(place: string): Promise<Look> {
    const safe = safePath(place);
    if (safe === undefined) return { error: `"${place}" is no path of a resource` };
    await this.#limiter.turn();
    try {
      const { body } = await this.#client.request({ id: 'verify', method: 'GET', path: safe });
      return { found: body };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return error.status === 404 ? { missing: true } : { error: error.message };
    }
  }
}

/** The path with each segment checked and encoded anew: some come from the server. */
function safePath(place: string): string | undefined {
  const [root, ...segments] = place.split('/');
  if (root !== '' || segments.length === 0) return undefined;
  try {
    return segments.map((segment) => path`/${decodeURIComponent(segment)}`).join('');
  } catch {
    return undefined;
  }
}
