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

/** How many of the actions after the one that failed are looked at, before all of them are. */
const mostProbes = 5;

/**
 * Finds out by reading which actions of a failed batch may have taken effect all the same. Actions are
 * executed in their order, so what comes after the one that failed counts only where something of it is seen to
 * have taken effect. `took`: milliseconds that the batch took.
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
  const end = Math.min(...guilty, sent.length);
  const later = sent.slice(end).filter(({ index }) => !guilty.includes(index));
  if (end === 0 && later.length === 0) return result;
  // Replicas may lag behind without having shown it so far.
  const wait = Math.max(context.lag.wait, Math.min(consistentAfter, took));
  if (wait > 0) await context.clock.sleep(wait, context.abortSignal);
  const reader = new Reader({ ...context, patience: context.timeout });
  const looks = new Map<number, Holding>();
  const look = async (some: readonly Sent[]): Promise<void> => {
    await Promise.all(
      some.map(async ({ index, wire }) => void looks.set(index, await holding(reader, wire))),
    );
  };
  const probes = spread(later, mostProbes);
  await look([...sent.slice(0, end), ...probes]);
  const goesOn = probes.some(({ index }) => looks.get(index) === 'holds');
  if (goesOn) await look(later.filter(({ index }) => !looks.has(index)));
  const doubtful = goesOn ? [...sent.slice(0, end), ...later] : sent.slice(0, end);
  const kept: number[] = [];
  // What is overwritten by an action that may have taken effect may have taken effect as well.
  const touched: string[] = [];
  for (const { index, wire } of doubtful.map((_, place) => doubtful.at(-1 - place)!)) {
    const { path } = effectOfWire(wire);
    if (looks.get(index) === 'no' && !touched.some((other) => isRelated(path, other))) continue;
    kept.unshift(index);
    touched.push(path);
  }
  return kept.length === 0 ? result : { ...result, kept };
}

/** So many of a list at most, from its first to its last. */
function spread<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  const step = (list.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, place) => list[Math.round(place * step)]!);
}

/** Whether what an action wants is the case. */
type Holding = 'holds' | 'no' | 'unreadable';

async function holding(reader: Reader, wire: ResourceWire | RequestWire): Promise<Holding> {
  const { verb, path } = effectOfWire(wire);
  if (verb === 'read') return 'no';
  if (verb !== 'create' && verb !== 'update' && verb !== 'destroy') return 'unreadable';
  const look = await reader.read(path);
  if ('why' in look) return 'unreadable';
  if ('missing' in look) return verb === 'destroy' ? 'holds' : 'no';
  const body = member(wire, 'body');
  switch (verb) {
    case 'destroy':
      return 'no';
    case 'update':
      return mayShow(body ?? {}, look.value) ? 'holds' : 'no';
    case 'create':
      if (!Array.isArray(look.value) || look.isPart) return 'unreadable';
      return look.value.some((item) => mayShow(body ?? {}, item)) ? 'holds' : 'no';
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
