// @ts-nocheck
import { isObject, member, own } from '../action/members.js';
import {
  type AnyAction,
  details,
  isRef,
  type Json,
  type Ref,
  type RequestWire,
  type ResourceWire,
  target,
} from '../action/types.js';
import { effectOf, substitute, trim } from '../action/wire.js';
import { bringsKey, type Located, type ResourceIndex } from './resources.js';

/** What an action does to what. */
export interface Touch {
  /** In the plan. */
  readonly index: number;
  readonly operationId: string;
  readonly verb: string;
  /** What it touches; of a creation, the place of what it makes, or its collection where that gives it a name. */
  readonly path: string;
  /** Whether `path` is that of one resource. */
  readonly isPlace: boolean;
  /** What it sends. */
  readonly members: Readonly<Record<string, unknown>>;
  /** Whether its path depends on what the plan itself creates. */
  readonly isWithinNew: boolean;
  /** What is known of the resource. */
  readonly located: Located | undefined;
  /** Whether members that are not sent may be gone afterwards: https://www.rfc-editor.org/rfc/rfc9110#PUT */
  readonly mayReplace: boolean;
  readonly action: AnyAction;
}

/** Gives the value of a reference, where it has one. */
export type Lookup = (ref: Ref<unknown>) => string | number | boolean | undefined;

/** What each action touches. `indexOf` names the actions that references mean. */
export function touchOf(
  index: ResourceIndex,
  action: AnyAction,
  place: number,
  lookup: Lookup,
  indexOf: (action: AnyAction) => number | undefined,
): Touch {
  const { operationId, adds, refs, templates } = action[details];
  const name = (ref: Ref<unknown>): string | number | boolean =>
    lookup(ref) ?? `(action ${indexOf(ref[target].action) ?? '?'})`;
  const { verb, path } = effectOf(action, name);
  const body = member(action, 'body');
  const filled = refs.length > 0 ? substitute(body as Json, name) : body;
  const members = isObject(filled) ? filled : {};
  const inPath = Object.values(templates).flatMap((template) => template.parts().filter(isRef));
  const isWithinNew = inPath.some((ref) => lookup(ref) === undefined);
  const mayReplace =
    'method' in action ? String(action.method).toUpperCase() === 'PUT' : !index.merges;
  const known = { index: place, operationId, verb, members, isWithinNew, mayReplace, action };
  if (verb !== 'create') return { ...known, path, isPlace: true, located: index.at(path) };
  if (!adds && 'method' in action) return posted({ ...known, path, isPlace: true }, index);
  if (adds?.at !== undefined) return { ...known, path, isPlace: true, located: index.at(path) };
  const collection = adds ? collectionOf(action, name) : path;
  const located = index.madeIn(collection);
  const id = placeIn(members, located);
  return id === undefined
    ? { ...known, path: collection, isPlace: false, located }
    : { ...known, path: `${collection}/${encodeURIComponent(id)}`, isPlace: true, located };
}

/** A POST that adds nothing changes what is at its URL, if that can be changed; else it is not known. */
function posted(touch: Omit<Touch, 'located'>, index: ResourceIndex): Touch {
  const located = index.at(touch.path);
  return { ...touch, located, verb: located?.resource.update ? 'update' : 'post' };
}

function collectionOf(
  action: AnyAction,
  name: (ref: Ref<unknown>) => string | number | boolean,
): string {
  // What adds something is a request.
  const { url } = action as unknown as RequestWire;
  return trim(action[details].templates['url']?.fill(name) ?? url);
}

/** The id that the body brings, where creation takes the id of the path. */
function placeIn(
  members: Readonly<Record<string, unknown>>,
  located: Located | undefined,
): string | undefined {
  if (!located || located.resource.collection !== undefined) return undefined;
  const key = [located.key, 'id'].find((one) => one !== undefined && bringsKey(located, one));
  const value = key === undefined ? undefined : own(members, key);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

export type Wire = ResourceWire | RequestWire;
