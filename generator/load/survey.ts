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
  const references: Reference[] = [];
  const anchors: Anchor[] = [];
  const misfits: Misfit[] = [];
  const path: (string | number)[] = [...at];
  let keys = 0;
  let tooDeep: string | undefined;

  const visit = (value: unknown, shape: Shape): void => {
    if (typeof value !== 'object' || value === null) return;
    if (path.length > maxDepth) {
      tooDeep ??= pointerTo(...path);
      return;
    }
    if (Array.isArray(value)) {
      if (shape.item !== undefined) {
        visitList(value, shape.item);
        return;
      }
      for (let index = 0; index < value.length; index++) {
        path.push(index);
        visit(value[index], shape);
        path.pop();
      }
      return;
    }
    // Neither null nor a list, as said above.
    const object = value as JsonObject;
    const names = Object.keys(object);
    keys += names.length;
    for (const name of names) {
      const child = object[name];
      if (shape !== data && name.charCodeAt(0) === dollar) note(object, name, child, shape);
      if (shape === shapes.mapping) noteMapping(object, name, child);
      if (typeof child !== 'object' && shape === data) continue;
      const field = fieldOf(shape, name);
      path.push(name);
      if (field.shape === data) visit(child, data);
      else visitField(object, name, child, field);
      path.pop();
    }
  };

  const visitField = (parent: JsonObject, name: string, value: unknown, field: Field): void => {
    if (Array.isArray(value) && field.list !== false) {
      visitList(value, field.shape);
      return;
    }
    if (isFit(value, field)) visit(value, field.shape);
    else if (isObject(value) && typeof value['$ref'] === 'string')
      visit(value, listShapeOf(field.shape));
    else if (name !== '$ref') misfit(parent, name, field.list === true ? 'a list' : 'an object');
  };

  const visitList = (list: unknown[], shape: Shape): void => {
    for (const [index, item] of list.entries()) {
      path.push(index);
      if (isFit(item, { shape, list: false })) visit(item, shape);
      else misfit(list, index, 'an object');
      path.pop();
    }
  };

  const misfit = (parent: JsonObject | unknown[], key: string | number, expected: string): void => {
    misfits.push({ parent, key, pointer: pointerTo(...path), expected });
  };

  const note = (holder: JsonObject, key: string, value: unknown, shape: Shape): void => {
    if (typeof value !== 'string') return;
    const pointer = pointerTo(...path);
    if (key === '$ref' && shape !== shapes.document) {
      references.push({ holder, key, pointer, shape });
    }
    if (shape !== shapes.schema) return;
    if (key === '$dynamicRef') references.push({ holder, key, pointer, shape });
    if (key === '$id' || key === '$anchor' || key === '$dynamicAnchor') {
      anchors.push({ keyword: key, name: value, pointer });
    }
  };

  const noteMapping = (holder: JsonObject, key: string, value: unknown): void => {
    if (typeof value !== 'string' || !/[#/]|\.(?:json|ya?ml)$/.test(value)) return;
    references.push({ holder, key, pointer: pointerTo(...path), shape: shapes.schema });
  };

  visit(root, shape);
  return { keys, references, anchors, misfits, tooDeep };
}

const dollar = 36;

/** A schema may also be `true` or `false`; older documents write a discriminator as a string. */
function isFit(value: unknown, { shape, list }: Field): boolean {
  if (list === true) return false;
  if (isObject(value)) return true;
  if (shape === shapes.schema) return typeof value === 'boolean';
  return shape === shapes.discriminator && typeof value === 'string';
}
