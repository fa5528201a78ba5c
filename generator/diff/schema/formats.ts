import { keyword, type Conjunction } from './conjunction.ts';
import { type Context, report } from './context.ts';
import type { Typed } from './shape.ts';

/** Formats whose values all are values of another. */
const wider: ReadonlyMap<string, readonly string[]> = new Map([
  ['int8', ['int16', 'int32', 'int64']],
  ['int16', ['int32', 'int64']],
  ['int32', ['int64']],
  ['float', ['double']],
]);

/** [Only hints to those who show a value](https://spec.openapis.org/oas/v3.0.4#data-type-format). */
const hints = new Set(['password']);

/** What describes bytes: a format in OpenAPI 3.0, a keyword of its own in 3.1. */
const bytes: ReadonlyMap<string, { readonly keyword: string; readonly value: string }> = new Map([
  ['byte', { keyword: 'contentEncoding', value: 'base64' }],
  ['binary', { keyword: 'contentMediaType', value: 'application/octet-stream' }],
]);

/** The keyword by which one of two schemas says what the other says by a format. */
export function byteKeyword(old: Conjunction, now: Conjunction): string | undefined {
  for (const [schemas, others] of [
    [old, now],
    [now, old],
  ] as const) {
    const said = bytes.get(String(formatOf(schemas)?.value));
    if (!said || formatOf(others) || keyword(schemas, said.keyword).length > 0) continue;
    if (keyword(others, said.keyword).at(-1)?.value === said.value) return said.keyword;
  }
  return undefined;
}

export function compareFormats(context: Context, old: Typed, now: Typed): void {
  if (old.values && now.values) return;
  const from = formatOf(old.schemas);
  const to = formatOf(now.schemas);
  const before = from?.value;
  const after = to?.value;
  if (before === after) return;
  const place = [from ?? old.schemas.at(-1), to ?? now.schemas.at(-1)] as const;
  if (typeof before !== 'string')
    report(context, 'format-added', `format is ${String(after)}`, ...place);
  else if (typeof after !== 'string')
    report(context, 'format-removed', `format is gone, which was ${before}`, ...place);
  else {
    const text = `format is ${after} instead of ${before}`;
    if (wider.get(before)?.includes(after)) report(context, 'format-widened', text, ...place);
    else if (wider.get(after)?.includes(before)) report(context, 'format-narrowed', text, ...place);
    else report(context, 'format-changed', text, ...place);
  }
}

function formatOf(schemas: Conjunction) {
  return keyword(schemas, 'format').findLast(
    ({ value }) => typeof value === 'string' && !hints.has(value),
  );
}
