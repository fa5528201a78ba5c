import type { Type } from '../../../ir/ir.ts';
import { unite, unknown } from '../../../ir/type.ts';
import type { Schemas } from '../../schemas/schema.ts';
import { bare, plainOf, propertiesOf } from './members.ts';

export interface List {
  readonly path: readonly string[];
  readonly type: Type;
}

/** The names that envelopes give to their list, the most usual first. */
const listNames = [
  'items',
  'data',
  'results',
  'records',
  'events',
  'value',
  'values',
  'entries',
  'list',
  'rows',
  'content',
  'objects',
  'resources',
  'elements',
  'members',
];

/** What an envelope calls the object that holds its list. */
const holders = new Set(['data', 'result', 'results', 'response', 'embedded', 'payload', 'body']);

/** Lists that an envelope has beside its own: what went wrong, not what was asked for. */
const remarks = new Set(['errors', 'warnings', 'messages', 'notices']);

/** An object with more members than this is a thing that has a list, not a list's envelope. */
const mostMembers = 12;

/** The list that a page is: the body, an envelope's list by its name, or its only list. */
export function itemsOf(body: Type, schemas: Schemas): List | undefined {
  const direct = listType(body, schemas);
  if (direct) return { path: [], type: direct };
  const properties = [...propertiesOf(body, schemas).values()];
  const found = listIn(body, schemas);
  if (found) return found;
  for (const holder of properties.filter(({ name }) => holders.has(bare(name)))) {
    const inner = listIn(holder.type, schemas, false);
    if (inner) return { path: [holder.name, ...inner.path], type: inner.type };
  }
  return undefined;
}

function listIn(type: Type, schemas: Schemas, anyItems = true): List | undefined {
  const properties = [...propertiesOf(type, schemas).values()];
  const lists: List[] = [];
  for (const { name, type: inner } of properties) {
    const items = listType(inner, schemas);
    if (items) lists.push({ path: [name], type: items });
  }
  if (lists.length === 0) return undefined;
  const names = lists.map(({ path }) => bare(path[0] ?? ''));
  const named = listNames.find((name) => names.includes(name));
  if (named !== undefined) return lists[names.indexOf(named)];
  if (properties.length > mostMembers) return undefined;
  const objects = lists.filter((list) =>
    ['object', 'record', 'intersection', 'union'].includes(schemas.resolve(list.type).kind),
  );
  const ofObjects = objects.filter(({ path }) => !remarks.has(bare(path[0] ?? '')));
  const [only] = ofObjects;
  if (ofObjects.length > 0) return ofObjects.length === 1 ? only : undefined;
  // Texts beside a map of things are warnings or the like.
  const isMap = properties.some((property) => plainOf(property.type, schemas).kind === 'record');
  return anyItems && lists.length === 1 && !isMap ? lists[0] : undefined;
}

function listType(type: Type, schemas: Schemas): Type | undefined {
  const plain = plainOf(type, schemas);
  if (plain.kind === 'array') return plain.items;
  if (plain.kind !== 'union') return undefined;
  const items = plain.members.flatMap((member) => {
    const one = plainOf(member, schemas);
    return one.kind === 'array' ? [one.items] : [];
  });
  return items.length === plain.members.length ? unite(items) : undefined;
}

/** The list at a path; `false` where the document says that something else is there. */
export function listAt(body: Type, path: readonly string[], schemas: Schemas): List | false {
  const type = typeAt(body, path, schemas);
  if (type === undefined) return false;
  if (isOpen(type, schemas)) return { path, type: unknown };
  const items = listType(type, schemas);
  return items ? { path, type: items } : false;
}

/** The type at a path, `unknown` below what is open; undefined where nothing can be there. */
export function typeAt(body: Type, path: readonly string[], schemas: Schemas): Type | undefined {
  let type = body;
  for (const name of path) {
    if (isOpen(type, schemas)) return unknown;
    const inner = propertiesOf(type, schemas).get(name)?.type;
    if (!inner) return undefined;
    type = inner;
  }
  return type;
}

/** Whether a type says nothing of its members. */
function isOpen(type: Type, schemas: Schemas): boolean {
  const plain = plainOf(type, schemas);
  switch (plain.kind) {
    case 'record':
    case 'union':
      return true;
    case 'object':
      return plain.rest !== undefined;
    case 'scalar':
      return plain.name === 'unknown';
    case 'intersection':
      return plain.members.some((member) => isOpen(member, schemas));
    case 'literals':
    case 'array':
    case 'tuple':
    case 'stream':
    case 'named':
      return false;
  }
}
