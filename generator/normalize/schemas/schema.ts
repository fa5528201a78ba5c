import { type Diagnostics } from '../../diagnostics/diagnostics.ts';
import { pointer as pointerTo } from '../../json/pointer.ts';
import type { Doc, EnumMember, NamedType, Type } from '../../ir/ir.ts';
import type { Direction, Shared, ValueTypes } from './context.ts';
import { tagged } from './compose.ts';
import { convert, nullable } from './convert.ts';
import { docOf } from '../doc.ts';
import { enumMembers } from './enum-names.ts';
import { type Names, pascalCase } from '../../ir/names.ts';
import {
  isObject,
  type JsonObject,
  objectOf,
  own,
  sortedEntries,
  textOf,
} from '../../json/narrow.ts';
import type { References } from '../references.ts';
import { familiesOf } from './families.ts';
import { intersect, scalar, unite, unknown } from '../../ir/type.ts';

/** Schemas to types. A schema behind a reference becomes a named type, converted once. */
export interface Schemas {
  typeOf(schema: unknown, pointer: string, direction: Direction): Type;
  /** What a named type stands for. */
  resolve(type: Type): Type;
  /** All named types, once every operation was read. */
  named(): readonly NamedType[];
}

interface Declared {
  readonly name: string;
  readonly doc: Doc;
  readonly members: readonly EnumMember[];
  type?: Type;
}

/** Nothing that a person wrote is nested deeper; what is deeper is a type of its own or no type at all. */
const deepest = 150;

export function schemas(
  references: References,
  document: JsonObject,
  names: Names,
  differs: (pointer: string, direction: Direction) => boolean,
  values: ValueTypes,
  diagnostics: Diagnostics,
): Schemas {
  const declared = new Map<string, Declared>();
  const byName = new Map<string, Declared>();
  const pending: (() => void)[] = [];
  const components = componentNames(document, names);
  let depth = 0;

  const families = familiesOf(document);

  const declare = (pointer: string, direction: Direction, isBase = false): Type => {
    const isVariant = direction !== 'result' && differs(pointer, direction);
    const variant = !isVariant ? '' : direction === 'input' ? 'Input' : 'Json';
    const role = isBase ? 'Base' : '';
    const key = `${role}${variant}${pointer}`;
    const known = declared.get(key);
    if (known) return { kind: 'named', name: known.name };
    const value = references.at(pointer);
    const component = components.get(pointer);
    const wanted = (component ?? nameOf(pointer)) + role + variant;
    const name =
      component !== undefined && variant + role === ''
        ? component
        : names.claim(wanted, `${wanted}Model`);
    const schema = objectOf(value);
    const entry: Declared = { name, doc: docOf(schema), members: enumMembers(schema) };
    declared.set(key, entry);
    byName.set(entry.name, entry);
    pending.push(() => {
      entry.type ??= isBase
        ? convertTop(value, pointer, direction)
        : declaredType(value, pointer, direction);
    });
    return { kind: 'named', name: entry.name };
  };

  /** What the name of a schema stands for: one of what extends it, if it is the base of a family. */
  const declaredType = (value: unknown, pointer: string, direction: Direction): Type => {
    const members = families.membersOf(pointer);
    const tag = tagged(pointer, { shared, direction, pointer });
    if (!members) return intersect([convertTop(value, pointer, direction), tag]);
    return unite([
      ...members.pointers.map((member) => declare(member, direction)),
      ...(members.withBase ? [intersect([declare(pointer, direction, true), tag])] : []),
    ]);
  };

  const convertTop = (schema: unknown, pointer: string, direction: Direction): Type => {
    const before = depth;
    depth = 0;
    const type = typeOf(schema, pointer, direction);
    depth = before;
    return type;
  };

  const typeOf = (
    schema: unknown,
    pointer: string,
    direction: Direction,
    isExact: boolean = false,
  ): Type => {
    if (schema === true || schema === undefined) return unknown;
    if (schema === false) return scalar('never');
    if (!isObject(schema)) {
      diagnostics.warning(
        'schema/not-a-schema',
        'A schema is an object or a boolean; this becomes `unknown`.',
        { pointer },
      );
      return unknown;
    }
    if (depth >= deepest) {
      diagnostics.warning(
        'schema/too-deep',
        `Schemas nested deeper than ${deepest} levels become \`unknown\`.`,
        { pointer, hint: 'Move inner parts to components and refer to them.' },
      );
      return unknown;
    }
    depth += 1;
    const type = nullable(schema, convert(schema, { shared, direction, pointer, isExact }));
    depth -= 1;
    return type;
  };

  const drain = (): void => {
    for (let task = pending.pop(); task; task = pending.pop()) task();
  };

  const shared: Shared = {
    diagnostics,
    references,
    values,
    isModern: /^3\.[1-9]/.test(textOf(own(document, 'openapi'))),
    typeOf,
    declare,
    declareBase: (pointer, direction) => declare(pointer, direction, true),
    families,
  };

  return {
    typeOf: convertTop,
    resolve: (type) => {
      let found = type;
      for (let hops = 0; found.kind === 'named' && hops < 100; hops += 1) {
        drain();
        found = byName.get(found.name)?.type ?? unknown;
      }
      return found;
    },
    named: () => {
      for (const pointer of components.keys()) declare(pointer, 'result');
      drain();
      return [...declared.values()].map(({ name, doc, members, type = unknown }) => ({
        name,
        doc,
        type,
        ...(members.length > 0 ? { members } : {}),
      }));
    },
  };
}

/** Components come first: the name that the document gives is the name that people look for. */
function componentNames(document: JsonObject, names: Names): ReadonlyMap<string, string> {
  const declared = sortedEntries(own(objectOf(own(document, 'components')), 'schemas'));
  return new Map(
    declared.map(([key]) => {
      const wanted = pascalCase(key) || 'Schema';
      return [pointerTo('components', 'schemas', key), names.claim(wanted, `${wanted}Model`)];
    }),
  );
}

/** `#/components/schemas/pet` → `Pet`; for a reference elsewhere into the document, its last words. */
function nameOf(pointer: string): string {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.at(-1) ?? '';
  if (keys.length <= 3 && keys[0] === 'components') return pascalCase(last) || 'Schema';
  const telling = keys.filter(
    (key) =>
      !/^(paths|components|schemas|properties|content|schema|application.*|definitions|\d+)$/.test(
        key,
      ),
  );
  return pascalCase(telling.slice(-3).join(' ')) || pascalCase(last) || 'Schema';
}
