import { path as plainPath } from '../../params/path.js';
import { isRef, type Ref } from './reference.js';

type PathValue = Parameters<typeof plainPath>[1];

/** A path that holds references: its text is known only during the run. */
export class PathTemplate {
  readonly strings: TemplateStringsArray;
  readonly values: readonly (PathValue | Ref<unknown>)[];

  constructor(strings: TemplateStringsArray, values: readonly (PathValue | Ref<unknown>)[]) {
    this.strings = strings;
    this.values = values;
  }

  /** The path with each reference replaced by what `resolve` gives, encoded and checked as any value. */
  fill(resolve: (ref: Ref<unknown>) => PathValue): string {
    return plainPath(
      this.strings,
      ...this.values.map((value) => (isRef(value) ? resolve(value) : value)),
    );
  }

  /** Its pieces in order: text as it goes over the wire, and references. */
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
  return new PathTemplate(Object.assign(texts, { raw: texts }), refs);
}

/** The `path` tag of batch builders: as the plain one, and references may stand for values. */
export function path(
  strings: TemplateStringsArray,
  ...values: readonly (PathValue | Ref<unknown>)[]
): string | PathTemplate {
  if (values.some(isRef)) return new PathTemplate(strings, values);
  // No reference among them, as was just checked.
  return plainPath(strings, ...(values as readonly PathValue[]));
}
