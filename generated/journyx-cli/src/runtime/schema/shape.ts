// @ts-nocheck
/** What a value must be, as the document says it. */
export type Shape =
  | { readonly kind: 'scalar'; readonly name: ScalarName; readonly constraints?: Constraints }
  | { readonly kind: 'literals'; readonly values: readonly (string | number | boolean | null)[] }
  | { readonly kind: 'array'; readonly items: Shape; readonly constraints?: Constraints }
  | {
      readonly kind: 'tuple';
      readonly items: readonly Shape[];
      readonly required?: number;
      readonly rest?: Shape;
    }
  | { readonly kind: 'record'; readonly values: Shape }
  | { readonly kind: 'object'; readonly properties: readonly Member[]; readonly rest?: Shape }
  | { readonly kind: 'stream'; readonly items: Shape }
  | { readonly kind: 'union'; readonly members: readonly Shape[] }
  | { readonly kind: 'intersection'; readonly members: readonly Shape[] }
  | { readonly kind: 'named'; readonly name: string };

export type ScalarName =
  | 'string'
  | 'number'
  | 'boolean'
  | 'null'
  | 'unknown'
  | 'never'
  | 'binary'
  | 'buffer'
  | 'stream'
  | 'void';

/** A member of an object. */
export interface Member {
  readonly name: string;
  readonly required?: boolean;
  readonly help?: string;
  readonly shape: Shape;
}

/** What a document says of values beyond their type. Patterns are left to the server: they may be slow. */
export interface Constraints {
  readonly integer?: true;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** The types that shapes name. */
export type Types = ReadonlyMap<string, Shape>;

/** A shape that no name stands for. */
export type ResolvedShape = Exclude<Shape, { readonly kind: 'named' }>;

const unknown: ResolvedShape = { kind: 'scalar', name: 'unknown' };

/** The shape itself, where a name stands for it; anything where a name leads nowhere, or to itself. */
export function resolve(shape: Shape, types: Types): ResolvedShape {
  let found = shape;
  for (let hops = 0; found.kind === 'named'; hops++) {
    const next = types.get(found.name);
    if (!next || hops > 100) return unknown;
    found = next;
  }
  return found;
}

/** The members of an object, of an intersection of objects, or of the alternatives of a union. */
export function membersOf(shape: Shape, types: Types, depth = 0): readonly Member[] {
  if (depth > 20) return [];
  const found = resolve(shape, types);
  if (found.kind === 'object') return found.properties;
  if (found.kind !== 'intersection' && found.kind !== 'union') return [];
  const byName = new Map<string, Member>();
  for (const each of found.members) {
    for (const member of membersOf(each, types, depth + 1)) {
      const before = byName.get(member.name);
      byName.set(member.name, before ? joined(before, member, found.kind) : member);
    }
  }
  if (found.kind === 'intersection') return [...byName.values()];
  return [...byName.values()].map((member) => ({ ...member, required: false }));
}

function joined(one: Member, other: Member, kind: 'union' | 'intersection'): Member {
  return {
    ...one,
    required: one.required === true || other.required === true,
    shape: { kind, members: [one.shape, other.shape] },
  };
}

/** Whether an object may have members that its shape does not name. */
export function isOpen(shape: Shape, types: Types, depth = 0): boolean {
  if (depth > 20) return true;
  const found = resolve(shape, types);
  if (found.kind === 'object') return found.rest !== undefined;
  if (found.kind === 'intersection' || found.kind === 'union')
    return found.members.some((each) => isOpen(each, types, depth + 1));
  return found.kind === 'record' || (found.kind === 'scalar' && found.name === 'unknown');
}
