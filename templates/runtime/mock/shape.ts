import type { MockData } from './mock-data.js';

/*
 * Types as data: what the generator knows of them, for those who make values of them at run time.
 */

/** What a schema says of its values besides their type. */
export interface Demands {
  readonly integer?: true;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly contentEncoding?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: true;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly closed?: true;
  readonly others?: Shape;
  readonly patterns?: readonly { readonly pattern: string; readonly type: Shape }[];
  readonly rules?: readonly Rule[];
}

/** A rule of a schema: what values are alternatively, besides, or not. */
export type Rule =
  | {
      readonly kind: 'all' | 'any' | 'one';
      readonly types: readonly Shape[];
      readonly isWhole?: true;
    }
  | { readonly kind: 'not' | 'names'; readonly type: Shape }
  | { readonly kind: 'if'; readonly type: Shape; readonly met: Shape; readonly unmet: Shape }
  | {
      readonly kind: 'contains';
      readonly type: Shape;
      readonly least: number;
      readonly most?: number;
    }
  | { readonly kind: 'has'; readonly names: readonly string[] }
  | { readonly kind: 'dependent'; readonly name: string; readonly type: Shape }
  | { readonly kind: 'equals'; readonly values: readonly string[] }
  | {
      readonly kind: 'unevaluated';
      readonly of: 'object' | 'array';
      readonly by: readonly EvaluatedBy[];
      readonly type: Shape;
    }
  | { readonly kind: 'kind'; readonly of: 'object' | 'array'; readonly type: Shape };

export interface EvaluatedBy {
  readonly when?: Shape;
  readonly isAll?: boolean;
  readonly names?: readonly string[];
  readonly patterns?: readonly string[];
  readonly first?: number;
  readonly items?: Shape;
}

export interface Member {
  readonly name: string;
  readonly type: Shape;
  readonly required: boolean;
  /** Values that the document shows, as JSON. */
  readonly shown?: readonly string[];
}

interface Demanding {
  readonly constraints?: Demands;
}

/** A type as data. */
export type Shape =
  | ({ readonly kind: 'scalar'; readonly name: string } & Demanding)
  | ({
      readonly kind: 'literals';
      readonly values: readonly (string | number | boolean | null)[];
    } & Demanding)
  | ({ readonly kind: 'array'; readonly items: Shape } & Demanding)
  | ({
      readonly kind: 'tuple';
      readonly items: readonly Shape[];
      readonly required?: number;
      readonly rest?: Shape;
    } & Demanding)
  | ({ readonly kind: 'record'; readonly values: Shape } & Demanding)
  | ({ readonly kind: 'object'; readonly properties: readonly Member[] } & Demanding)
  | ({ readonly kind: 'stream'; readonly items: Shape } & Demanding)
  | ({ readonly kind: 'union' | 'intersection'; readonly members: readonly Shape[] } & Demanding)
  | ({ readonly kind: 'named'; readonly name: string } & Demanding);

/** The declared types of an API by name, read when they are first asked for. */
export class Shapes {
  readonly #texts = new Map<string, string>();
  readonly #known = new Map<string, Shape>();

  /** Takes types, and those that they name. */
  add(types: readonly MockData[]): void {
    const left = [...types];
    for (let next = left.pop(); next; next = left.pop()) {
      const [name, text, named] = next;
      if (this.#texts.has(name)) continue;
      this.#texts.set(name, text);
      left.push(...(named?.() ?? []));
    }
  }

  /** The shape of that name; one of anything where there is none. */
  of(name: string): Shape {
    const known = this.#known.get(name);
    if (known) return known;
    const text = this.#texts.get(name);
    // The generator printed it.
    const shape = text ? (JSON.parse(text) as Shape) : { kind: 'scalar' as const, name: 'unknown' };
    this.#known.set(name, shape);
    return shape;
  }
}

/** A regular expression of a document; undefined where it is of another language. */
export function expressionOf(pattern: string): RegExp | undefined {
  for (const flags of ['u', ''])
    try {
      return new RegExp(pattern, flags);
    } catch {
      // Many patterns are written without thought of Unicode.
    }
  return undefined;
}

/** Whether a shape says nothing of the kind of its values. */
export function isOpen({ kind, constraints = {}, ...shape }: Shape): boolean {
  const isUnknown = kind === 'scalar' && 'name' in shape && shape.name === 'unknown';
  return isUnknown && Object.keys(constraints).every((name) => name === 'rules');
}

/** The shapes that say of which kind their values are go first. */
export function openLast(shapes: readonly Shape[]): readonly Shape[] {
  return [...shapes.filter((one) => !isOpen(one)), ...shapes.filter(isOpen)];
}
