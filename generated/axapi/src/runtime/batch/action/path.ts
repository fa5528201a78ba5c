// @ts-nocheck
import { segment } from '../../params/path.js';
import { isRef, type PathTemplate, type Ref, target } from './types.js';

type Part = string | Ref<unknown>;

class Template implements PathTemplate {
  readonly #parts: readonly Part[];

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  fill(resolve: (ref: Ref<unknown>) => string | number | boolean): string {
    return this.#parts
      .map((part) => (isRef(part) ? segment(resolve(part), part[target].field) : part))
      .join('');
  }

  parts(): readonly Part[] {
    return this.#parts;
  }
}

/** The template that consists of these pieces; the inverse of `parts`. */
export function templateOf(parts: readonly Part[]): PathTemplate {
  return new Template(parts);
}

/** Fills the path of a batch builder: as the plain one, and references may stand for values. */
export function path(template: string, values: object): string | PathTemplate {
  // A text and a name take turns.
  const parts = template.split(/{(.+?)}/).map((text, index): Part => {
    if (index % 2 === 0) return text;
    // The names of the template are those of `values`.
    const value: unknown = values[text as keyof typeof values];
    return isRef(value) ? value : segment(value, text);
  });
  return parts.some(isRef) ? new Template(parts) : parts.join('');
}

/** As `path`, of where something will be: `undefined` where a value of its name is absent. */
export function place(template: string, values: object): string | PathTemplate | undefined {
  return Object.values(values).includes(undefined) ? undefined : path(template, values);
}

export function isPathTemplate(value: unknown): value is PathTemplate {
  return value instanceof Template;
}
