import type { Property, Type } from '../../../ir/ir.ts';
import type { Schemas } from '../../schemas/schema.ts';
import { bare, propertiesOf, type Sort, sortOf } from './members.ts';

/** A member of an answer's body, and the way to it. */
export interface Found {
  readonly path: readonly string[];
  readonly property: Property;
  /** The bare name of what holds it; empty at the top. */
  readonly home: string;
}

/** What an answer's body says beside its items. */
export interface Reply {
  /** The first of these that stands at the top or in one of the usual wrappers, the outer first. */
  find(
    names: readonly string[],
    sorts: readonly Sort[],
    accepts?: (found: Found) => boolean,
  ): Found | undefined;
}

/** What envelopes call the objects in which they tell of their pages, the most usual first. */
const wrappers = [
  'meta',
  'pagination',
  'paging',
  'page',
  'pageinfo',
  'links',
  'responsemetadata',
  'cursor',
  'cursors',
  'metadata',
  'pages',
  'next',
  'nextpage',
  'resultinfo',
  'pagemetadata',
  'paginginfo',
  'paginator',
  'info',
  'data',
  'result',
  'response',
];
const rank = new Map(wrappers.map((name, index) => [name, index]));

/** How many objects a place may be inside: `meta.page.next`. */
const deepest = 3;
/** And how many objects are looked into at all. */
const mostHomes = 200;

interface Home {
  readonly name: string;
  readonly path: readonly string[];
  readonly members: ReadonlyMap<string, Property>;
}

export function replyOf(body: Type, schemas: Schemas): Reply {
  let homes: readonly Home[] | undefined;
  return {
    find(names, sorts, accepts) {
      homes ??= homesOf(body, schemas).filter(({ members }) => members.size > 0);
      for (const { name: home, path, members } of homes)
        for (const name of names) {
          const property = members.get(name);
          if (!property || !sorts.includes(sortOf(property.type, schemas))) continue;
          const found = { path: [...path, property.name], property, home };
          if (!accepts || accepts(found)) return found;
        }
      return undefined;
    },
  };
}

/** The body and its wrappers, level by level. */
function homesOf(body: Type, schemas: Schemas): readonly Home[] {
  const homes: Home[] = [];
  let level: readonly (Omit<Home, 'members'> & { readonly type: Type })[] = [
    { name: '', path: [], type: body },
  ];
  for (let depth = 0; depth <= deepest && level.length > 0; depth += 1) {
    const inner: {
      readonly name: string;
      readonly path: readonly string[];
      readonly type: Type;
    }[] = [];
    for (const { name, path, type } of level.slice(0, mostHomes - homes.length)) {
      const members = new Map<string, Property>();
      homes.push({ name, path, members });
      for (const property of propertiesOf(type, schemas).values()) {
        const key = bare(property.name);
        members.set(key, property);
        if (rank.has(key))
          inner.push({ name: key, path: [...path, property.name], type: property.type });
      }
    }
    level = inner.toSorted((a, b) => (rank.get(a.name) ?? 0) - (rank.get(b.name) ?? 0));
  }
  return homes;
}
