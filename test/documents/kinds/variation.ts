import { expect } from 'vitest';
import type { Called, Package, Reply } from '../cases/package.ts';

/** Another document of the kind of a reported case, and what a call of its package must do. */
export interface Variation {
  readonly document: string;
  readonly dialect?: string;
  readonly attempt: (opened: Package) => Promise<void>;
}

/** Variations by the case and by what they vary. */
export type Variations = Readonly<Record<string, Readonly<Record<string, Variation>>>>;

/** A document of paths, in YAML. */
export function api(paths: string, rest = '', version = '3.1.0'): string {
  return `openapi: ${version}
info: { title: t, version: '1' }
servers: [{ url: 'https://api.example.com/v1' }]
${rest}
paths:
${paths.replaceAll(/^/gm, '  ')}
`;
}

/** The responses of a success with one media type. */
export function ok(type: string, schema = '{}', status = 200): string {
  return `{ '${status}': { description: ok, content: { '${type}': { schema: ${schema} } } } }`;
}

export const json = 'application/json';
export const done = "{ '204': { description: ok } }";

export function linesOf({ sent }: Called): readonly string[] {
  return sent.map(({ line }) => line);
}

export const ids = (...names: readonly string[]): readonly object[] => names.map((id) => ({ id }));

/** Walks a listing, and expects these items and requests. */
export function walks(
  operation: string,
  answers: readonly Reply[],
  items: readonly string[],
  lines: readonly string[],
  input?: object,
  client?: object,
): Variation['attempt'] {
  return async ({ call }) => {
    const called = await call(operation, input, {
      answers,
      items: true,
      ...(client && { client }),
    });
    expect([called.error, called.result]).toEqual([undefined, ids(...items)]);
    expect(linesOf(called)).toEqual(lines);
  };
}

/** Expects one answer as it came, and no walk through pages. */
export function isPlain(operation: string, body: object, input?: object): Variation['attempt'] {
  return async ({ call }) => {
    const called = await call(operation, input, { answers: [{ body }] });
    expect([called.error, called.result]).toEqual([undefined, body]);
    expect(called.sent).toHaveLength(1);
  };
}
