// @ts-nocheck
import { encode, type Encoded } from '../../params/encode.js';
import type { Pairs } from '../../call.js';
import { isPathTemplate } from './path.js';
import { snapshot } from './snapshot.js';
import {
  type Action,
  type Adds,
  type AnyAction,
  type Details,
  details,
  isRef,
  type Json,
  type PathTemplate,
  type Ref,
  type RequestAction,
  type ResourceWire,
} from './types.js';
import { label } from './wire.js';

/** What a request is made of. */
export interface RequestMembers {
  readonly method: string;
  readonly url: string | PathTemplate;
  readonly query?: Pairs | undefined;
  readonly headers?: Pairs | undefined;
  readonly body?: unknown;
}

/**
 * The action of `operationId` that goes over the wire as `wire`, without its `undefined` members.
 *
 * What `wire` holds is copied and frozen, so later changes to a body do not reach the action.
 * Throws a `TypeError` that names the member for what JSON cannot hold. What the operation returns, and its
 * verb, are as `never` what the builder declares.
 */
export function action(
  operationId: string,
  wire: {
    readonly resource: string | PathTemplate;
    readonly operation: string;
    readonly body?: unknown;
  },
): Action<never, ResourceWire<never>>;
export function action(operationId: string, wire: RequestMembers): RequestAction<never>;
export function action(operationId: string, wire: object): AnyAction {
  return make(operationId, wire);
}

/**
 * As `action`, for an operation that adds something to the collection at its URL. `at` is where that will
 * be, unless the server gives it a name. So it need not keep an order with what touches something else.
 * An `at` that is given and `undefined` means that the body does not tell, as where it holds a list: then the
 * action touches all that is below its URL.
 */
export function addition(
  operationId: string,
  members: RequestMembers & { readonly at?: string | PathTemplate | undefined },
): RequestAction<never> {
  const { at, ...wire } = members;
  if (at === undefined && 'at' in members) return action(operationId, wire);
  // The wire is one of a request, and the type of the value is the caller's to say.
  added += 1;
  return make(operationId, wire, { at, serial: added }) as RequestAction<never>;
}

/** How many actions were made that add something. */
let added = 0;

function make(operationId: string, wire: object, adds?: Adds): AnyAction {
  const members: Record<string, Json> = {};
  let templates: Record<string, PathTemplate> | undefined;
  const refs: Ref<unknown>[] = [];
  for (const [name, value] of Object.entries(wire)) {
    if (value === undefined) continue;
    if (isPathTemplate(value)) {
      (templates ??= {})[name] = value;
      members[name] = value.fill(label);
      for (const part of value.parts()) if (isRef(part)) refs.push(part);
      continue;
    }
    const given = name === 'query' || name === 'headers' ? plainPairs(value) : value;
    const json = snapshot(given, `${operationId}: ${name}`, refs);
    if (name === 'headers') checkHeaders(json, operationId);
    members[name] = json;
  }
  const isPlain = refs.length === 0 && !templates && !adds;
  Object.defineProperty(members, details, {
    value: isPlain
      ? plainDetails(operationId)
      : Object.freeze({ operationId, templates: templates ?? noTemplates, refs, adds }),
  });
  if (refs.length > 0) Object.defineProperty(members, 'toJSON', { value: refuseToSerialise });
  // The members are those of the wire literal, and the details were defined just above.
  return Object.freeze(members) as unknown as AnyAction;
}

const noTemplates: Readonly<Record<string, PathTemplate>> = Object.freeze({});

/** What actions that refer to nothing have in common, by operation: there may be a million of these. */
const plain = new Map<string, Details<unknown>>();
/** An API has no more operations, but an action may be named after its path. */
const mostPlain = 10_000;

function plainDetails(operationId: string): Details<unknown> {
  const known = plain.get(operationId);
  if (known) return known;
  if (plain.size >= mostPlain) plain.clear();
  const made = Object.freeze({ operationId, templates: noTemplates, refs: Object.freeze([]) });
  plain.set(operationId, made);
  return made;
}

/**
 * Pairs as JSON holds them: without those whose value is `undefined`, which stand for parameters that
 * were not given, and with texts in place of those that were encoded beforehand.
 */
function plainPairs(pairs: unknown): unknown {
  // The signatures above admit nothing else.
  return (pairs as Pairs)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(plainValue) : plainValue(value),
    ]);
}

/** @throws TypeError where a header would begin another, or end the head. */
function checkHeaders(headers: Json, operationId: string): void {
  // `plainPairs` made them.
  for (const [name, value] of headers as readonly (readonly [string, Json])[]) {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) {
      throw new TypeError(`${operationId}: ${JSON.stringify(name)} is not the name of a header`);
    }
    for (const text of [value].flat()) {
      if (typeof text !== 'string' || !/[\r\n\0]/.test(text)) continue;
      throw new TypeError(`${operationId}: the header ${name} holds a line break or NUL`);
    }
  }
}

function plainValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isRef(value)) return value;
  // `query.js` makes no other objects.
  return decodeURIComponent(encode(value as Encoded));
}

function refuseToSerialise(): never {
  throw new TypeError(
    'An action that holds a reference cannot be sent by itself: pass it to batch.run(), which resolves it.',
  );
}
