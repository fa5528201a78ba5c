import { pointer as pointerTo } from '../diagnostics.ts';
import { isObject, type JsonObject } from './document.ts';
import { maxDepth } from './limits.ts';
import { data, fieldOf, listShapeOf, shapes, type Field, type Shape } from './structure.ts';

/** A `$ref`, a `$dynamicRef`, or a name in a discriminator's mapping that is a reference. */
export interface Reference {
  /** The object that holds it, and under which key. */
  readonly holder: JsonObject;
  readonly key: string;
  /** To the holder. */
  readonly pointer: string;
  /** What the reference stands for. */
  readonly shape: Shape;
}

/** A schema that says its own name: `$id`, `$anchor` or `$dynamicAnchor` (JSON Schema 2020-12, 8.2). */
export interface Anchor {
  readonly keyword: '$id' | '$anchor' | '$dynamicAnchor';
  readonly name: string;
  readonly pointer: string;
}

/** Something of the wrong JSON type, such as null for a path item. */
export interface Misfit {
  readonly parent: JsonObject | unknown[];
  readonly key: string | number;
  readonly value: unknown;
  readonly pointer: string;
  readonly expected: string;
}

export interface Survey {
  /** How many members all objects have together. */
  readonly keys: number;
  readonly references: readonly Reference[];
  readonly anchors: readonly Anchor[];
  readonly misfits: readonly Misfit[];
  /** Where the nesting exceeds the limit; nothing below was looked at. */
  readonly tooDeep: string | undefined;
}

/** Walks over a value once, in the order it is written, and notes what later steps must look at. */
export function survey(root: unknown, shape: Shape, at: readonly string[] = []): Survey {
  const walk = new Walk(at);
  walk.visit(root, shape);
  return walk;
}

class Walk implements Survey {
  readonly references: Reference[] = [];
  readonly anchors: Anchor[] = [];
  readonly misfits: Misfit[] = [];
  keys = 0;
  tooDeep: string | undefined;
  readonly #path: (string | number)[];

  constructor(at: readonly string[]) {
    this.#path = [...at];
  }

  visit(value: unknown, shape: Shape): void {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      this.#visitList(value, shape.item ?? shape, shape.item === undefined);
      return;
    }
    if (this.#isTooDeep()) return;
    // Neither null nor a list, as said above.
    const object = value as JsonObject;
    const names = Object.keys(object);
    this.keys += names.length;
    for (const name of names) {
      const child = object[name];
      if (shape === data) {
        if (typeof child === 'object') this.#enter(name, child, data);
        continue;
      }
      if (typeof child === 'string') this.#visitText(object, name, child, shape);
      const field = fieldOf(shape, name);
      if (field.shape !== data) this.#visitField(object, name, child, field);
      else if (typeof child === 'object') this.#enter(name, child, data);
    }
  }

  #enter(key: string | number, value: unknown, shape: Shape): void {
    this.#path.push(key);
    this.visit(value, shape);
    this.#path.pop();
  }

  #visitField(parent: JsonObject, name: string, value: unknown, { shape, list }: Field): void {
    if (Array.isArray(value) ? list !== false : list !== true && isFit(value, shape)) {
      this.#path.push(name);
      if (Array.isArray(value)) this.#visitList(value, shape, false);
      else this.visit(value, shape);
      this.#path.pop();
    } else if (isObject(value) && typeof value['$ref'] === 'string') {
      this.#enter(name, value, listShapeOf(shape));
    } else if (name !== '$ref') {
      this.#misfit(parent, name, value, list === true ? 'a list' : 'an object');
    }
  }

  #visitList(list: unknown[], shape: Shape, mayBeAny: boolean): void {
    if (this.#isTooDeep()) return;
    for (let index = 0; index < list.length; index++) {
      const item = list[index];
      if (mayBeAny || isFit(item, shape)) this.#enter(index, item, shape);
      else this.#misfit(list, index, item, 'an object');
    }
  }

  #isTooDeep(): boolean {
    if (this.#path.length <= maxDepth) return false;
    this.tooDeep ??= pointerTo(...this.#path);
    return true;
  }

  #misfit(
    parent: JsonObject | unknown[],
    key: string | number,
    value: unknown,
    expected: string,
  ): void {
    this.misfits.push({ parent, key, value, pointer: pointerTo(...this.#path, key), expected });
  }

  #visitText(holder: JsonObject, key: string, text: string, shape: Shape): void {
    if (shape === shapes.mapping) {
      // Otherwise it is the name of a schema.
      if (/[#/]|\.(?:json|ya?ml)$/.test(text)) this.#refer(holder, key, shapes.schema);
      return;
    }
    if (key.charCodeAt(0) !== dollar) return;
    if (key === '$ref' && shape !== shapes.document) this.#refer(holder, key, shape);
    if (shape !== shapes.schema) return;
    if (key === '$dynamicRef') this.#refer(holder, key, shape);
    if (key === '$id' || key === '$anchor' || key === '$dynamicAnchor') {
      this.anchors.push({ keyword: key, name: text, pointer: pointerTo(...this.#path) });
    }
  }

  #refer(holder: JsonObject, key: string, shape: Shape): void {
    this.references.push({ holder, key, pointer: pointerTo(...this.#path), shape });
  }
}

const dollar = 36;

/** A schema may also be `true` or `false`; older documents write a discriminator as a string. */
function isFit(value: unknown, shape: Shape): boolean {
  if (isObject(value)) return true;
  if (shape === shapes.schema) return typeof value === 'boolean';
  return shape === shapes.discriminator && typeof value === 'string';
}
