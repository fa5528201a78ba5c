import { path } from '../../params/path.js';

/** The member of a JSON value at a path of names; own members only. */
export function memberAt(json: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Readonly<Record<string, unknown>>)[name]
        : undefined,
    json,
  );
}

/** A path template with its `{name}`s replaced, each value encoded and checked. */
export function fillPath(template: string, values: Readonly<Record<string, string>>): string {
  const parts = template.split(/\{(\w+)\}/);
  const texts = parts.filter((_, index) => index % 2 === 0);
  const names = parts.filter((_, index) => index % 2 === 1);
  return path(Object.assign(texts, { raw: texts }), ...names.map((name) => values[name] ?? ''));
}

export function member(value: object, name: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[name];
}

/** Whether a value can be a segment of a path: the very check that it will meet there. */
export function isSegment(value: string): boolean {
  try {
    return path`/${value}` !== '/';
  } catch {
    return false;
  }
}
