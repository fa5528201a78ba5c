import type { Evaluation, Rule, Type } from '../../ir/ir.ts';
import {
  isObject,
  type JsonObject,
  listOf,
  objectOf,
  own,
  sortedEntries,
} from '../../json/narrow.ts';
import { refOf } from '../references.ts';
import { type Context, nested } from './context.ts';
import { demanding } from './demanding.ts';

const applying: readonly string[] = [
  '$ref',
  'allOf',
  'anyOf',
  'oneOf',
  'if',
  'not',
  'dependentSchemas',
];

/** So many parts of a schema are looked at. */
const most = 1000;

const keys = { object: 'unevaluatedProperties', array: 'unevaluatedItems' } as const;

/**
 * Whether further members or items are those that no part of a schema speaks of: what a part speaks of
 * depends on which of its alternatives a value is.
 */
export function dependsOnParts(schema: JsonObject, key: string): boolean {
  const parts = key === keys.array ? [...applying, 'contains'] : applying;
  return Object.hasOwn(schema, key) && parts.some((part) => Object.hasOwn(schema, part));
}

/** What is asked of the members and items that no part speaks of (JSON Schema 2020-12, 11). */
export function unevaluatedRules(schema: JsonObject, context: Context): readonly Rule[] {
  return (['object', 'array'] as const).flatMap((of): readonly Rule[] => {
    const key = keys[of];
    if (!dependsOnParts(schema, key) || own(schema, key) === true) return [];
    const collector = new Collector(of, context);
    collector.collect(schema, context, [], true);
    return [
      {
        kind: 'unevaluated',
        of,
        by: collector.found,
        type: nested({ ...context, isExact: true }, own(schema, key), key),
      },
    ];
  });
}

/** Finds what the parts of a schema speak of, and when. */
class Collector {
  readonly found: Evaluation[] = [];
  readonly #of: 'object' | 'array';
  readonly #context: Context;
  readonly #open = new Set<unknown>();
  #count = 0;

  constructor(of: 'object' | 'array', context: Context) {
    this.#of = of;
    this.#context = context;
  }

  /** @param when What the value must be for the schema to count. */
  collect(
    schema: unknown,
    at: Pick<Context, 'pointer'>,
    when: readonly Type[],
    isTop = false,
  ): void {
    if (!isObject(schema) || this.#count > most) return;
    // What leads back to itself is being read.
    if (this.#open.has(schema)) return;
    this.#open.add(schema);
    this.#count += 1;
    const context: Context = { ...this.#context, pointer: at.pointer, isExact: true };
    if (this.#of === 'object') this.#members(schema, when, isTop);
    else this.#items(schema, context, when, isTop);
    this.#parts(schema, context, when);
    this.#open.delete(schema);
  }

  #add(when: readonly Type[], evaluation: Omit<Evaluation, 'when'>): void {
    this.found.push({ ...evaluation, ...(when.length > 0 && { when: allOf(when) }) });
  }

  #members(schema: JsonObject, when: readonly Type[], isTop: boolean): void {
    const isAll =
      Object.hasOwn(schema, 'additionalProperties') ||
      (!isTop && Object.hasOwn(schema, 'unevaluatedProperties'));
    const names = Object.keys(objectOf(own(schema, 'properties'))).toSorted();
    const patterns = Object.keys(objectOf(own(schema, 'patternProperties'))).toSorted();
    if (isAll) this.#add(when, { isAll });
    else if (names.length + patterns.length > 0) this.#add(when, { names, patterns });
  }

  #items(schema: JsonObject, context: Context, when: readonly Type[], isTop: boolean): void {
    const isAll =
      Object.hasOwn(schema, 'items') || (!isTop && Object.hasOwn(schema, 'unevaluatedItems'));
    const { length } = listOf(own(schema, 'prefixItems'));
    if (isAll) this.#add(when, { isAll });
    else if (length > 0) this.#add(when, { first: length });
    if (Object.hasOwn(schema, 'contains'))
      this.#add(when, { items: nested(context, own(schema, 'contains'), 'contains') });
  }

  #parts(schema: JsonObject, context: Context, when: readonly Type[]): void {
    const target = refOf(schema);
    if (target !== undefined)
      this.collect(context.shared.references.at(target), { pointer: target }, when);
    const inside = (key: string): Pick<Context, 'pointer'> => ({
      pointer: `${context.pointer}/${key}`,
    });
    for (const [index, part] of listOf(own(schema, 'allOf')).entries())
      this.collect(part, inside(`allOf/${index}`), when);
    for (const key of ['anyOf', 'oneOf'] as const)
      for (const [index, part] of listOf(own(schema, key)).entries())
        this.collect(part, inside(`${key}/${index}`), [...when, nested(context, part, key, index)]);
    if (Object.hasOwn(schema, 'if')) {
      const type = nested(context, own(schema, 'if'), 'if');
      this.collect(own(schema, 'if'), inside('if'), [...when, type]);
      this.collect(own(schema, 'then'), inside('then'), [...when, type]);
      const otherwise = demanding({ kind: 'not', type });
      this.collect(own(schema, 'else'), inside('else'), [...when, otherwise]);
    }
    for (const [name, part] of sortedEntries(own(schema, 'dependentSchemas'))) {
      const has = demanding({ kind: 'has', names: [name] });
      this.collect(part, inside(`dependentSchemas/${name}`), [...when, has]);
    }
  }
}

function allOf(types: readonly Type[]): Type {
  const [only] = types;
  return only && types.length === 1 ? only : demanding({ kind: 'all', types });
}
