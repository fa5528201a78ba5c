// @ts-nocheck
import { isObject, member, own } from '../action/members.js';
import type { RequestWire, ResourceWire } from '../action/types.js';
import { effectOfWire } from '../action/wire.js';
import { isMask } from '../action/masks.js';
import { resembles } from '../action/resembles.js';
import { attribute } from '../outcome/attribute-error.js';
import type { BatchResult, Created } from '../outcome/batch-result.js';
import { matchByEvidence, matchByReading } from '../outcome/match-created.js';
import type { Sent } from '../outcome/outcome.js';
import { consistentAfter } from '../pace/read-lag.js';
import type { RunContext } from '../run/executor.js';
import { Reader } from '../verify/reader.js';

type Completed = BatchResult & { readonly kind: 'completed' };
type Failed = BatchResult & { readonly kind: 'failed' };

/** Milliseconds between two looks for a resource that was created. */
const pause = 3_000;

/** Finds out by reading which action created what, where the batch alone does not tell. */
export async function withOwners(
  context: RunContext,
  actions: readonly object[],
  result: Completed,
): Promise<Completed> {
  const creates = sentOf(actions).filter(({ wire }) => effectOfWire(wire).verb === 'create');
  const { found, contested } = matchByEvidence(creates, result.created);
  const all = new Map(found);
  for (const group of contested) {
    const shown = new Map<Created, unknown>();
    await Promise.all(
      group.created.map(async (resource) => {
        shown.set(resource, await readCreated(context, resource));
      }),
    );
    const fits = ({ wire }: Sent, resource: Created): boolean => {
      const body = shown.get(resource);
      return body !== undefined && mayShow(member(wire, 'body') ?? {}, body);
    };
    for (const [place, resource] of matchByReading(group, fits)) all.set(place, resource);
  }
  const owners = new Map([...all].map(([place, resource]) => [resource, place]));
  return { ...result, owners: result.created.map((resource) => owners.get(resource) ?? null) };
}

/** What a resource shows; one that was just created may not be there yet. */
async function readCreated(context: RunContext, { uri }: Created): Promise<unknown> {
  const { clock, abortSignal } = context;
  const end = clock.now() + consistentAfter;
  for (;;) {
    const look = await new Reader(context).read(uri);
    if ('value' in look) return look.value;
    if ('why' in look || abortSignal.aborted || clock.now() > end) return undefined;
    await clock.sleep(pause, abortSignal);
  }
}

/**
 * Finds out by reading which actions of a failed batch may have taken effect all the same. Actions are
 * executed in their order, so what comes after the one that failed was not. `took`: milliseconds that the batch took.
 */
export async function withKept(
  context: RunContext,
  actions: readonly object[],
  result: Failed,
  failure: RegExp,
  took: number,
): Promise<Failed> {
  const sent = sentOf(actions);
  const guilty = result.errors
    .map((text) => attribute(text, failure, sent))
    .flatMap(({ certain, candidates }) => (certain && candidates.length === 1 ? candidates : []));
  const before = sent.slice(0, Math.min(...guilty, sent.length));
  if (before.length === 0) return result;
  // Replicas may lag behind without having shown it so far.
  const wait = Math.max(context.lag.wait, Math.min(consistentAfter, took));
  if (wait > 0) await context.clock.sleep(wait, context.abortSignal);
  const reader = new Reader({ ...context, patience: context.timeout });
  const looks = await Promise.all(before.map(({ wire }) => mayHold(reader, wire)));
  const kept: number[] = [];
  // What is overwritten by an action that may have taken effect may have taken effect as well.
  const touched: string[] = [];
  for (const { index, wire } of before.map((_, place) => before.at(-1 - place)!)) {
    const { path } = effectOfWire(wire);
    if (!looks[index] && !touched.some((other) => isRelated(path, other))) continue;
    kept.unshift(index);
    touched.push(path);
  }
  return kept.length === 0 ? result : { ...result, kept };
}

/** Whether what an action wants is the case, or cannot be read. */
async function mayHold(reader: Reader, wire: ResourceWire | RequestWire): Promise<boolean> {
  const { verb, path } = effectOfWire(wire);
  if (verb !== 'create' && verb !== 'update' && verb !== 'destroy') return verb !== 'read';
  const look = await reader.read(path);
  if ('why' in look) return true;
  if ('missing' in look) return verb === 'destroy';
  const body = member(wire, 'body');
  switch (verb) {
    case 'destroy':
      return false;
    case 'update':
      return mayShow(body ?? {}, look.value);
    case 'create':
      if (!Array.isArray(look.value) || look.isPart) return true;
      return look.value.some((item) => mayShow(body ?? {}, item));
  }
}

/** Whether a server may show what was sent like this: in another form, and without secrets. */
function mayShow(sent: unknown, shown: unknown): boolean {
  if (!isObject(sent) || !isObject(shown)) return resembles(sent, shown);
  return Object.entries(sent).every(([name, value]) => {
    const now = own(shown, name);
    return now === undefined || isMask(now) || resembles(value, now);
  });
}

function isRelated(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}/`) || other.startsWith(`${path}/`);
}

/** The actions with their places in the batch as indexes. */
function sentOf(actions: readonly object[]): readonly Sent[] {
  // The planner takes actions of other dialects for errors.
  return actions.map((wire, index) => ({ index, wire: wire as ResourceWire }));
}
