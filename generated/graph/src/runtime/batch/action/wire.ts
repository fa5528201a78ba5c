// @ts-nocheck
import {
  type AnyAction,
  details,
  isRef,
  type Json,
  type Ref,
  type RequestWire,
  type ResourceWire,
  target,
} from './types.js';

/** What an action does to what: the verb in lower case, and a path. */
export interface Effect {
  readonly verb: string;
  readonly path: string;
}

const verbOfMethod: Readonly<Record<string, string>> = {
  GET: 'read',
  HEAD: 'read',
  POST: 'create',
  PUT: 'update',
  PATCH: 'update',
  DELETE: 'destroy',
};

const plainVerbs: ReadonlySet<string> = new Set(['create', 'update', 'destroy', 'read']);

/** The wire form of an action, whose members depend on the dialect. */
export function wireOf(action: AnyAction): ResourceWire | RequestWire {
  // `action` made it from one of these two.
  return action as unknown as ResourceWire | RequestWire;
}

/** Gives the value of a reference, or a text that stands for it. */
type Naming = (ref: Ref<unknown>) => string | number | boolean;

/** The verb of an action and the path that it touches. `name` is for references in the path. */
export function effectOf(action: AnyAction, name?: Naming): Effect {
  const effect = effectOfWire(named(action, name));
  return action[details].adds
    ? { ...effect, path: pathOfAdded(action, effect.path, name) }
    : effect;
}

/**
 * Where to read what an action touches: its URL, or where it adds something, the place of that; undefined
 * where the server gives it a name.
 */
export function readUrlOf(action: AnyAction, wire: RequestWire, name: Naming): string | undefined {
  const { adds } = action[details];
  if (!adds) return wire.url;
  return adds.at === undefined ? undefined : pathOfAdded(action, wire.url, name);
}

/** What the server gives a name touches nothing that others touch. */
function pathOfAdded(action: AnyAction, collection: string, name: Naming = label): string {
  const { at, serial } = action[details].adds ?? {};
  if (at === undefined) return `${collection}/(${serial})`;
  return trim(typeof at === 'string' ? at : at.fill(name));
}

function named(action: AnyAction, name: Naming | undefined): ResourceWire | RequestWire {
  const wire = wireOf(action);
  if (!name || action[details].refs.length === 0) return wire;
  const { resource, url } = action[details].templates;
  return {
    ...wire,
    ...(resource && { resource: resource.fill(name) }),
    ...(url && { url: url.fill(name) }),
  };
}

/** The same, of what is sent. */
export function effectOfWire(wire: ResourceWire | RequestWire): Effect {
  if ('method' in wire) {
    const method = wire.method.toUpperCase();
    return { verb: verbOfMethod[method] ?? method.toLowerCase(), path: trim(wire.url) };
  }
  const verb = wire.operation;
  const path = trim(wire.resource);
  // `/devices/Q/switch/ports/cycle` with the verb `cycle` acts on the ports.
  const suffix = `/${verb}`;
  if (!plainVerbs.has(verb) && path.endsWith(suffix)) {
    return { verb, path: path.slice(0, -suffix.length) };
  }
  return { verb, path };
}

/** The wire form as it is sent: `lookup` gives the value that a reference stands for. */
export function resolve(
  action: AnyAction,
  lookup: (ref: Ref<unknown>) => string | number | boolean,
): ResourceWire | RequestWire {
  const { refs, templates } = action[details];
  if (refs.length === 0) return wireOf(action);
  const sent: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(action)) {
    const template = Object.hasOwn(templates, name) ? templates[name] : undefined;
    // What `action` copied is JSON.
    sent[name] = template ? template.fill(lookup) : substitute(value as Json, lookup);
  }
  // The members are those of the action.
  return sent as unknown as ResourceWire | RequestWire;
}

/** A copy of `json` with each reference replaced. */
export function substitute(json: Json, replace: (ref: Ref<unknown>) => unknown): unknown {
  if (isRef(json)) return replace(json);
  if (typeof json !== 'object' || json === null) return json;
  if (isList(json)) return json.map((item) => substitute(item, replace));
  return Object.fromEntries(
    Object.entries(json).map(([name, member]) => [name, substitute(member, replace)]),
  );
}

/** `Array.isArray` does not narrow a readonly array. */
function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

/** A trailing slash means nothing. */
export function trim(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** How a reference shows in what people read: `(createNetwork.id)`. */
export function label(ref: Ref<unknown>): string {
  const { action, field } = ref[target];
  return `(${action[details].operationId}.${field})`;
}
