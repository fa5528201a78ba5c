import { path as plainPath } from '../../params/path.js';
import { wellFormed } from './well-formed.js';
import { isRef, type PathTemplate, type Ref } from './types.js';

type PathValue = Parameters<typeof plainPath>[1];

class Template implements PathTemplate {
  readonly strings: TemplateStringsArray;
  readonly values: readonly (PathValue | Ref<unknown>)[];

  constructor(strings: TemplateStringsArray, values: readonly (PathValue | Ref<unknown>)[]) {
    this.strings = strings;
    this.values = values;
  }

  fill(resolve: (ref: Ref<unknown>) => string | number | boolean): string {
    return plainPath(
      this.strings,
      ...this.values.map((value) => (isRef(value) ? resolve(value) : value)),
    );
  }

  parts(): readonly (string | Ref<unknown>)[] {
    return this.strings.flatMap((text, index): (string | Ref<unknown>)[] => {
      const value = this.values[index];
      if (value === undefined) return [text];
      return [text, isRef(value) ? value : plainPath`${value}`];
    });
  }
}

/** The template that consists of these pieces; the inverse of `parts`. */
export function templateOf(parts: readonly (string | Ref<unknown>)[]): PathTemplate {
  const texts = [''];
  const refs: Ref<unknown>[] = [];
  for (const part of parts) {
    if (isRef(part)) {
      refs.push(part);
      texts.push('');
      continue;
    }
    texts[texts.length - 1] += part;
  }
  return new Template(Object.assign(texts, { raw: texts }), refs);
}

/** The `path` tag of batch builders: as the plain one, and references may stand for values. */
export function path(
  strings: TemplateStringsArray,
  ...values: readonly (PathValue | Ref<unknown>)[]
): string | PathTemplate {
  for (const value of values) if (typeof value === 'string') wellFormed(value, 'a path parameter');
  if (values.some(isRef)) return new Template(strings, values);
  // No reference among them, as was just checked.
  return plainPath(strings, ...(values as readonly PathValue[]));
}

export function isPathTemplate(value: unknown): value is PathTemplate {
  return value instanceof Template;
}
