import { pointer as pointerTo, pointerOfFragment, valueAt } from '../../json/pointer.ts';
import { isObject, type MutableObject } from '../../json/narrow.ts';
import { requestBodyOf, type BodyPart } from './body.ts';
import type { Moves } from './moves.ts';
import { upgradeParameter } from './parameter.ts';
import { upgradeResponse } from './response.ts';
import { serversOf } from './root.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

/** Turns a path item, in place, into one of OpenAPI 3.0. */
export function upgradePathItem(
  pathItem: MutableObject,
  at: string,
  document: MutableObject,
  moves: Moves,
): void {
  const shared = takeBodyParts(pathItem, at, document, true, moves);
  for (const method of methods) {
    const operation = pathItem[method];
    if (!isObject(operation)) continue;
    // A body for the whole path is meant for the methods that have one.
    const parts = method === 'get' || method === 'head' ? [] : shared;
    upgradeOperation(operation, at + pointerTo(method), parts, document, moves);
  }
}

function upgradeOperation(
  operation: MutableObject,
  at: string,
  shared: readonly BodyPart[],
  document: MutableObject,
  moves: Moves,
): void {
  const consumes = mediaTypesOf(operation['consumes'] ?? document['consumes']);
  const produces = mediaTypesOf(operation['produces'] ?? document['produces']);
  const own = takeBodyParts(operation, at, document, false, moves);
  const parts = own.some(({ value }) => value['in'] === 'body') ? own : combined(shared, own);
  const requestBody = requestBodyOf(parts, consumes, `${at}/requestBody`, moves);
  if (requestBody !== undefined) operation['requestBody'] = requestBody;
  const { responses, schemes } = operation;
  if (isObject(responses)) {
    for (const [status, response] of Object.entries(responses)) {
      if (!isObject(response) || status.startsWith('x-')) continue;
      const place = at + pointerTo('responses', status);
      upgradeResponse(response, produces, place, place, moves);
    }
  }
  const servers = Array.isArray(schemes) ? serversOf({ ...document, schemes }) : undefined;
  if (servers !== undefined) operation['servers'] = servers;
  delete operation['consumes'];
  delete operation['produces'];
  delete operation['schemes'];
}

/** Takes what makes a body out of a list of parameters, and upgrades the others in place. */
function takeBodyParts(
  holder: MutableObject,
  at: string,
  document: MutableObject,
  forSeveral: boolean,
  moves: Moves,
): readonly BodyPart[] {
  const { parameters } = holder;
  if (!Array.isArray(parameters)) return [];
  const others: unknown[] = [];
  const parts: BodyPart[] = [];
  for (const [index, item] of parameters.entries()) {
    const pointer = at + pointerTo('parameters', index);
    const part = bodyPartOf(item, pointer, document, forSeveral);
    if (part !== undefined) {
      parts.push(part);
      continue;
    }
    if (others.length < index) moves.move(pointer, at + pointerTo('parameters', others.length));
    const isPlain = isObject(item) && typeof item['$ref'] !== 'string';
    others.push(isPlain ? upgradeParameter(item, pointer, moves.problems) : item);
  }
  if (others.length === 0) delete holder['parameters'];
  else holder['parameters'] = others;
  return parts;
}

/** What a parameter makes of the body, where it is in the body or a form. */
export function bodyPartOf(
  item: unknown,
  at: string,
  document: MutableObject,
  forSeveral: boolean,
): BodyPart | undefined {
  let value = item;
  let pointer = at;
  for (let hops = 0; hops < 20 && isObject(value) && typeof value['$ref'] === 'string'; hops++) {
    pointer = pointerOfFragment(value['$ref']) ?? '';
    value = valueAt(document, pointer);
  }
  if (!isObject(value) || (value['in'] !== 'body' && value['in'] !== 'formData')) return undefined;
  return { value, pointer, shared: forSeveral || value !== item };
}

/** An operation's own form field replaces the path's of the same name. */
function combined(shared: readonly BodyPart[], own: readonly BodyPart[]): readonly BodyPart[] {
  const names = new Set(own.map(({ value }) => value['name']));
  return [...shared.filter(({ value }) => !names.has(value['name'])), ...own];
}

export function mediaTypesOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return [
    ...new Set(value.filter((type): type is string => typeof type === 'string' && type !== '')),
  ];
}
