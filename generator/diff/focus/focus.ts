import type { OperationNames, Source } from '../../normalize/operations/operation.ts';
import type { References } from '../../normalize/references.ts';
import { own, textOf } from '../../json/narrow.ts';
import { type FocusSide, haveSameFrame, isNamedByDocument } from './frame.ts';
import { NamePool } from './name-pool.ts';
import { structuresOf } from './structures.ts';
import { type NamedSources, type Twin, twinsOf } from './twins.ts';
import { refersToComponents, unchangedParts } from './unchanged.ts';

/** What has to be read of two documents to tell all that differs. */
export interface Focus {
  readonly old: Part;
  readonly now: Part;
  /** Method and path of the operations that are the same in both. */
  readonly unchanged: ReadonlySet<string>;
}

/** The operations of a document that are read, and the others. */
export interface Part {
  readonly read: NamedSources;
  readonly leftOut: NamedSources;
}

/**
 * Finds what has to be read of two documents: the operations that differ, and those that have a say in
 * what the types of these are called. Nothing else can differ. Undefined where everything has to be read.
 */
export function focusOn(old: FocusSide, now: FocusSide): Focus | undefined {
  if (!haveSameFrame(old, now) || !isNamedByDocument(old) || !isNamedByDocument(now))
    return undefined;
  const parts = unchangedParts(old.document, now.document);
  const before = claimAll(old);
  const after = claimAll(now);
  if (!parts || !areUnique(before) || !areUnique(after)) return undefined;

  const twins = twinsOf(before, after, parts);
  const differing = [...withoutTwins(before, twins, 'old'), ...withoutTwins(after, twins, 'now')];
  if (!differing.every(({ source }) => refersToComponents([source.operation, source.item])))
    return undefined;
  const needed = neededTwins(differing, twins, now.surveyed.outline.references);
  if (!needed) return undefined;
  return {
    old: partOf(before, differing, needed, 'old'),
    now: partOf(after, differing, needed, 'now'),
    unchanged: new Set(twins.map(({ old: { method, route } }) => `${method} ${route}`)),
  };
}

function claimAll({ surveyed: { outline } }: FocusSide): NamedSources {
  return new Map(outline.sources.map((source) => [source, outline.claim(source)]));
}

/** Whether nothing but an operation itself can be taken for its successor. */
function areUnique(sources: NamedSources): boolean {
  const ids = new Set<string>();
  const routes = new Set<string>();
  for (const [{ operation, method, route }, { name }] of sources) {
    ids.add(textOf(own(operation, 'operationId')).trim() || name);
    routes.add(`${method} ${route.replaceAll(/\{[^}]*\}/g, '{}')}`);
  }
  return ids.size === sources.size && routes.size === sources.size;
}

interface Named {
  readonly source: Source;
  readonly names: OperationNames;
}

function withoutTwins(
  sources: NamedSources,
  twins: readonly Twin[],
  side: 'old' | 'now',
): readonly Named[] {
  const same = new Set(twins.map((twin) => twin[side]));
  return [...sources]
    .filter(([source]) => !same.has(source))
    .map(([source, names]) => ({ source, names }));
}

/**
 * The unchanged operations that share a structure with what differs, or whose structures might take a name
 * that those would get. Undefined where it cannot be said which structures something that differs has.
 */
function neededTwins(
  differing: readonly Named[],
  twins: readonly Twin[],
  references: References,
): ReadonlySet<Twin> | undefined {
  const shapes = new Set<number>();
  const pool = new NamePool();
  const add = ({ source, names }: Named): boolean => {
    const structures = structuresOf(source, references);
    for (const shape of structures.shapes) shapes.add(shape);
    pool.add(names, structures.sites);
    return structures.isPlain;
  };
  if (!differing.every(add)) return undefined;
  const needed = new Set<Twin>();
  for (let size = -1; size !== needed.size;) {
    size = needed.size;
    pool.settle();
    for (const twin of twins) {
      if (needed.has(twin) || !pool.mayMeet(twin.names)) continue;
      const { sites } = structuresOf(twin.now, references);
      if (!pool.meets(twin.names, sites)) continue;
      if (!add({ source: twin.now, names: twin.names })) return undefined;
      needed.add(twin);
    }
  }
  for (const twin of twins) {
    if (needed.has(twin)) continue;
    const { shapes: found, isPlain } = structuresOf(twin.now, references);
    if (!isPlain || hasServers(twin.now) || [...found].some((shape) => shapes.has(shape)))
      needed.add(twin);
  }
  return needed;
}

/** Its credentials may go to another host, of which the user is to hear. */
function hasServers({ item, operation }: Source): boolean {
  return Object.hasOwn(item, 'servers') || Object.hasOwn(operation, 'servers');
}

function partOf(
  sources: NamedSources,
  differing: readonly Named[],
  needed: ReadonlySet<Twin>,
  side: 'old' | 'now',
): Part {
  const chosen = new Set([
    ...differing.map(({ source }) => source),
    ...[...needed].map((twin) => twin[side]),
  ]);
  return {
    read: new Map([...sources].filter(([source]) => chosen.has(source))),
    leftOut: new Map([...sources].filter(([source]) => !chosen.has(source))),
  };
}
