import type { Conversion, Conversions } from '../ir/conversion.ts';
import type { ApiDescription, Operation, Property, Scalar, Type } from '../ir/ir.ts';
import { partsOf } from '../ir/parts.ts';

const converted: ReadonlySet<Scalar> = new Set<Scalar>(['date', 'instant', 'bigint']);

function isConverted(name: Scalar): boolean {
  return converted.has(name);
}

/** Decides how the answers of an API are converted; undefined where it holds nothing to convert. */
export function conversionsOf(api: ApiDescription): Conversions | undefined {
  const operations = api.groups.flatMap((group) => group.operations);
  const isUsed = ({ type }: { readonly type: Type }): boolean => holds(type, none, isConverted);
  const usesAny =
    api.types.some(isUsed) ||
    operations.some(
      ({ body, responses, params }) =>
        (body && isUsed(body)) || responses.some(isUsed) || params.some(isUsed),
    );
  // Most documents end here.
  if (!usesAny) return undefined;
  const types = new Map(api.types.map(({ name, type }) => [name, type]));
  const rich = holding(types, isConverted);
  const converter = new Converter(types, rich);
  const long = holding(types, (name) => name === 'bigint');
  const found = {
    named: new Map(
      [...rich].flatMap((name) => {
        const conversion = converter.of(types.get(name));
        return conversion ? [[name, conversion] as const] : [];
      }),
    ),
    answers: new Map(
      operations.map(({ name, responses }) => [
        name,
        responses.map(({ type }) => converter.of(type.kind === 'stream' ? type.items : type)),
      ]),
    ),
    bodies: new Map(
      operations.flatMap(({ name, body, batch }) => {
        const conversion = batch && converter.of(body?.type);
        return conversion ? [[name, conversion] as const] : [];
      }),
    ),
    long,
    longParts: operations
      .filter((operation) => writesInside(operation, types, long))
      .map(({ pointer }) => pointer),
    longBodies: new Set(
      operations
        .filter(({ body }) => body && holds(body.type, long, (name) => name === 'bigint'))
        .map(({ name }) => name),
    ),
  };
  return { ...found, isIndistinct: converter.isIndistinct };
}

const none: ReadonlySet<string> = new Set();

/** Whether a type holds such a scalar, by itself or in one of the declared types that do. */
function holds(type: Type, named: ReadonlySet<string>, isOne: (name: Scalar) => boolean): boolean {
  if (type.kind === 'named') return named.has(type.name);
  if (type.kind === 'scalar') return isOne(type.name);
  if (type.kind === 'array') return holds(type.items, named, isOne);
  if (type.kind !== 'object') return partsOf(type).some((part) => holds(part, named, isOne));
  for (const property of type.properties) if (holds(property.type, named, isOne)) return true;
  return type.rest !== undefined && holds(type.rest, named, isOne);
}

/** Whether a part, a field or a parameter is JSON that holds a long integer, which only bodies write. */
function writesInside(
  { body, params }: Operation,
  types: ReadonlyMap<string, Type>,
  long: ReadonlySet<string>,
): boolean {
  const isLong = (type: Type): boolean => holds(type, long, (name) => name === 'bigint');
  const plain = (type: Type | undefined): Type | undefined =>
    type?.kind === 'named' ? plain(types.get(type.name)) : type;
  const isInside = (type: Type): boolean => {
    const found = plain(type);
    if (found?.kind === 'array') return isInside(found.items);
    if (found?.kind === 'union') return found.members.some(isInside);
    return found !== undefined && found.kind !== 'scalar' && isLong(found);
  };
  const whole = plain(body?.type);
  const fields = whole?.kind === 'object' ? whole.properties : [];
  return (
    params.some(({ style, type }) => /json/i.test(style) && isLong(type)) ||
    (body?.contents.some(({ encoding, fields: rules = [] }) =>
      fields.some(
        ({ name, type }) =>
          /^(form|multipart)$/.test(encoding) &&
          isInside(type) &&
          !rules.some((rule) => rule.name === name && 'style' in rule && rule.style !== 'json'),
      ),
    ) ??
      false)
  );
}

/** The declared types that hold such a scalar, or refer to one that does. */
function holding(
  types: ReadonlyMap<string, Type>,
  isOne: (name: Scalar) => boolean,
): ReadonlySet<string> {
  const users = new Map<string, string[]>();
  const found = new Set<string>();
  for (const [name, type] of types) {
    if (holds(type, none, isOne)) found.add(name);
    for (const used of namesIn(type)) {
      const list = users.get(used);
      if (list) list.push(name);
      else users.set(used, [name]);
    }
  }
  // A set gives what is added while it is gone through.
  for (const name of found) for (const user of users.get(name) ?? []) found.add(user);
  return found;
}

function namesIn(type: Type): readonly string[] {
  if (type.kind === 'named') return [type.name];
  return partsOf(type).flatMap(namesIn);
}

/** Finds the conversions of types. */
class Converter {
  readonly #types: ReadonlyMap<string, Type>;
  readonly #rich: ReadonlySet<string>;
  /** Whether it met a union of whose members nothing tells which came. */
  isIndistinct = false;

  constructor(types: ReadonlyMap<string, Type>, rich: ReadonlySet<string>) {
    this.#types = types;
    this.#rich = rich;
  }

  of(type: Type | undefined): Conversion | undefined {
    switch (type?.kind) {
      case undefined:
      case 'literals':
      case 'stream':
        return undefined;
      case 'scalar':
        if (type.name === 'bigint') return { kind: 'int64' };
        return type.name === 'date' || type.name === 'instant' ? { kind: type.name } : undefined;
      case 'named':
        return this.#rich.has(type.name) ? { kind: 'named', name: type.name } : undefined;
      case 'array': {
        const items = this.of(type.items);
        return items && { kind: 'list', items };
      }
      case 'tuple': {
        const items = type.items.map((item) => this.of(item));
        const rest = this.of(type.rest);
        return rest || items.some(Boolean) ? { kind: 'tuple', items, rest } : undefined;
      }
      case 'record': {
        const rest = this.of(type.values);
        return rest && { kind: 'members', members: [], rest };
      }
      case 'object': {
        const members = type.properties.flatMap(({ name, type: inner }) => {
          const conversion = this.of(inner);
          return conversion ? [[name, conversion] as const] : [];
        });
        const rest = this.of(type.rest);
        return rest || members.length > 0 ? { kind: 'members', members, rest } : undefined;
      }
      case 'intersection':
        return all(type.members.map((member) => this.of(member)));
      case 'union':
        return this.#ofUnion(type.members);
    }
  }

  /** Of several types each, where none takes what is another's; else by what tells them apart. */
  #ofUnion(members: readonly Type[]): Conversion | undefined {
    const each = members.map((member) => ({ member, conversion: this.of(member) }));
    if (each.every(({ conversion }) => !conversion)) return undefined;
    const objects = each.flatMap(({ member, conversion }) =>
      this.#objectsOf(member).map((properties) => ({ member, conversion, properties })),
    );
    const others = each.filter(({ member }) => this.#objectsOf(member).length === 0);
    const rest = others.map(({ conversion }) => conversion);
    if (!this.#disagree(objects.map(({ properties }) => properties)))
      return all([...rest, ...objects.map(({ conversion }) => conversion)]);
    const tag = tagOf(objects.map(({ properties }) => properties));
    if (tag !== undefined) {
      const cases = objects.flatMap(({ conversion, properties }) =>
        conversion ? valuesOf(properties, tag).map((value) => [value, conversion] as const) : [],
      );
      return all([...rest, { kind: 'tagged', name: tag, cases }]);
    }
    const cases = objects
      .map(({ conversion, properties }) => {
        const names = properties.filter(({ required }) => required).map(({ name }) => name);
        return [names, conversion] as const;
      })
      .toSorted(([a], [b]) => b.length - a.length);
    const distinct = new Set(cases.map(([names]) => names.join('\n')));
    if (distinct.size < cases.length || cases.some(([names]) => names.length === 0))
      this.isIndistinct = true;
    return all([...rest, { kind: 'fitting', cases }]);
  }

  /** The properties of each object that a type may be. */
  #objectsOf(type: Type, depth = 0): readonly (readonly Property[])[] {
    if (depth > 20) return [];
    switch (type.kind) {
      case 'object':
        return [type.properties];
      case 'record':
        return [[]];
      case 'named': {
        const target = this.#types.get(type.name);
        return target ? this.#objectsOf(target, depth + 1) : [];
      }
      case 'union':
        return type.members.flatMap((member) => this.#objectsOf(member, depth + 1));
      case 'intersection':
        return [type.members.flatMap((member) => this.#objectsOf(member, depth + 1).flat())];
      case 'scalar':
      case 'literals':
      case 'array':
      case 'tuple':
      case 'stream':
        return [];
    }
  }

  /** Whether a property of one object is converted otherwise in another. */
  #disagree(objects: readonly (readonly Property[])[]): boolean {
    const known = new Map<string, string>();
    return objects.some((properties) =>
      properties.some(({ name, type }) => {
        const key = JSON.stringify(this.of(type) ?? null);
        const before = known.get(name);
        known.set(name, key);
        return before !== undefined && before !== key;
      }),
    );
  }
}

function all(conversions: readonly (Conversion | undefined)[]): Conversion | undefined {
  const parts = new Map(
    conversions.flatMap((one) => (one ? [[JSON.stringify(one), one] as const] : [])),
  );
  const [only, ...more] = parts.values();
  return more.length === 0 ? only : { kind: 'all', parts: [...parts.values()] };
}

/** The property whose values tell all objects apart. */
function tagOf(objects: readonly (readonly Property[])[]): string | undefined {
  const [first = []] = objects;
  return first
    .map(({ name }) => name)
    .find((name) => {
      const values = objects.flatMap((properties) => {
        const own = valuesOf(properties, name);
        return own.length === 0 ? ['', ''] : own;
      });
      return new Set(values).size === values.length;
    });
}

/** The values that a property is limited to. */
function valuesOf(properties: readonly Property[], name: string): readonly string[] {
  const limited = properties.find(
    ({ name: own, type }) => own === name && type.kind === 'literals',
  );
  return limited?.type.kind === 'literals' ? limited.type.values.map(String) : [];
}
