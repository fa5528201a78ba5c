import { isObject, type MutableObject } from '../json/narrow.ts';
import { maxDepth, maxNameLength } from './limits.ts';
import { pathTo, type Path } from '../json/pointer.ts';
import { data, fieldOf, listShapeOf, shapes, type Field, type Shape } from './structure.ts';

/** A `$ref`, a `$dynamicRef`, or a name in a discriminator's mapping that is a reference. */
export interface Reference {
  /** The object that holds it, and under which key. */
  readonly holder: MutableObject;
  readonly key: string;
  /** To the holder. */
  readonly path: Path;
  /** What the reference stands for. */
  readonly shape: Shape;
}

/** Whether a reference is a name in a discriminator's mapping: without it, its value is just unknown. */
export function isMapped({ key }: Reference): boolean {
  return key !== '$ref' && key !== '$dynamicRef';
}

/** A schema that says its own name: `$id`, `$anchor` or `$dynamicAnchor` (JSON Schema 2020-12, 8.2). */
export interface Anchor {
  readonly keyword: '$id' | '$anchor' | '$dynamicAnchor';
  readonly name: string;
  readonly path: Path;
}

/** Something of the wrong JSON type, such as null for a path item. */
export interface WrongType {
  readonly parent: MutableObject | unknown[];
  readonly value: unknown;
  readonly path: Path;
  readonly expected: string;
}

export interface Contents {
  /** How many members all objects have together. */
  readonly keys: number;
  readonly references: readonly Reference[];
  readonly anchors: readonly Anchor[];
  readonly wrongTypes: readonly WrongType[];
  /** Where the nesting exceeds the limit; nothing below was looked at. */
  readonly tooDeep: Path | undefined;
  /** Where a name exceeds the limit. */
  readonly tooLong: Path | undefined;
}

/** Walks over a value once, in the order it is written, and notes what later steps must look at. */
export function scan(root: unknown, shape: Shape, at: readonly string[] = []): Contents {
  const walk = new Walk();
  walk.visit(root, shape, pathTo(at));
  return walk;
}

class Walk implements Contents {
  readonly references: Reference[] = [];
  readonly anchors: Anchor[] = [];
  readonly wrongTypes: WrongType[] = [];
  keys = 0;
  tooDeep: Path | undefined;
  tooLong: Path | undefined;

  /** One function does what most of a document needs: calls between several took twice the time. */
  visit(value: unknown, shape: Shape, path: Path): void {
    if (typeof value !== 'object' || value === null) return;
    if (path.depth > maxDepth) {
      this.tooDeep ??= path;
      return;
    }
    if (Array.isArray(value)) {
      this.#visitList(value, shape.item ?? shape, path, shape.item === undefined);
      return;
    }
    // Neither null nor a list, as said above.
    const object = value as MutableObject;
    const depth = path.depth + 1;
    if (shape === data) {
      for (const key in object) {
        this.keys += 1;
        const child = object[key];
        if (typeof child === 'object') this.visit(child, data, { key, up: path, depth });
      }
      return;
    }
    for (const key in object) {
      this.keys += 1;
      const child = object[key];
      if (key.length > maxNameLength) this.tooLong ??= path;
      if (typeof child === 'string') this.#visitText(object, key, child, shape, path);
      const field = fieldOf(shape, key);
      if (field.shape === data) {
        if (typeof child === 'object') this.visit(child, data, { key, up: path, depth });
      } else if (isObject(child) && field.list !== true) {
        this.visit(child, field.shape, { key, up: path, depth });
      } else {
        this.#visitOther(object, child, field, { key, up: path, depth });
      }
    }
  }

  /** Values that are not objects, or should be lists. */
  #visitOther(parent: MutableObject, value: unknown, { shape, list }: Field, path: Path): void {
    if (Array.isArray(value) && list !== false) this.#visitList(value, shape, path, false);
    else if (list !== true && isFit(value, shape)) return;
    else if (isObject(value) && typeof value['$ref'] === 'string') {
      this.visit(value, listShapeOf(shape), path);
    } else if (path.key !== '$ref') {
      this.wrongTypes.push({
        parent,
        value,
        path,
        expected: list === true ? 'a list' : 'an object',
      });
    }
  }

  #visitList(list: unknown[], shape: Shape, up: Path, mayBeAny: boolean): void {
    for (let key = 0; key < list.length; key++) {
      const item = list[key];
      const path = { key, up, depth: up.depth + 1 };
      if (mayBeAny || isObject(item)) this.visit(item, shape, path);
      else if (!isFit(item, shape)) {
        this.wrongTypes.push({ parent: list, value: item, path, expected: 'an object' });
      }
    }
  }

  #visitText(holder: MutableObject, key: string, text: string, shape: Shape, path: Path): void {
    if (shape === shapes.mapping) {
      // Otherwise it is the name of a schema.
      if (/[#/]|\.(?:json|ya?ml)$/.test(text)) {
        this.references.push({ holder, key, path, shape: shapes.schema });
      }
      return;
    }
    if (key.charCodeAt(0) !== dollar) return;
    if (key === '$ref' && shape !== shapes.document) {
      this.references.push({ holder, key, path, shape });
    }
    if (shape !== shapes.schema) return;
    if (key === '$dynamicRef') this.references.push({ holder, key, path, shape });
    if (key === '$id' || key === '$anchor' || key === '$dynamicAnchor') {
      this.anchors.push({ keyword: key, name: text, path });
    }
  }
}

const dollar = 36;

/** A schema may also be `true` or `false`; older documents write a discriminator as a string. */
function isFit(value: unknown, shape: Shape): boolean {
  if (shape === shapes.schema) return typeof value === 'boolean';
  return shape === shapes.discriminator && typeof value === 'string';
}
