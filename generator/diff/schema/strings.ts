import { compareBound } from './bounds.ts';
import { keyword, type Conjunction, subschema } from './conjunction.ts';
import type { ChangeName } from './changes.ts';
import { type Context, inside, report } from './context.ts';
import { byteKeyword, compareFormats } from './formats.ts';
import type { Typed } from './shape.ts';

export function compareStrings(context: Context, old: Typed, now: Typed): void {
  if (!old.values || !now.values) {
    compareBound(context, 'max-length', 'maxLength', old.schemas, now.schemas);
    compareBound(context, 'min-length', 'minLength', old.schemas, now.schemas);
    comparePatterns(context, old.schemas, now.schemas);
  }
  const translated = byteKeyword(old.schemas, now.schemas);
  if (translated === undefined) compareFormats(context, old, now);
  if (translated !== 'contentEncoding')
    compareWords(context, 'content-encoding', 'contentEncoding', old.schemas, now.schemas);
  if (translated !== 'contentMediaType')
    compareWords(context, 'content-media-type', 'contentMediaType', old.schemas, now.schemas);
  const before = subschema(old.schemas, 'contentSchema');
  const after = subschema(now.schemas, 'contentSchema');
  if (before && after) context.compare(inside(context, 'content'), before, after);
  else if (after)
    report(
      context,
      'content-schema-added',
      'what the text holds has a schema',
      old.schemas.at(-1),
      after.at(-1),
    );
  else if (before)
    report(
      context,
      'content-schema-removed',
      'what the text holds has no schema any more',
      before.at(-1),
      now.schemas.at(-1),
    );
}

function comparePatterns(context: Context, old: Conjunction, now: Conjunction): void {
  const before = patternsOf(old);
  const after = patternsOf(now);
  const gone = [...before.keys()].filter((pattern) => !after.has(pattern));
  const added = [...after.keys()].filter((pattern) => !before.has(pattern));
  const from = before.get(gone[0] ?? '') ?? old.at(-1);
  const to = after.get(added[0] ?? '') ?? now.at(-1);
  if (gone.length > 0 && added.length > 0)
    report(
      context,
      'pattern-changed',
      `pattern is \`${added.join('`, `')}\` instead of \`${gone.join('`, `')}\``,
      from,
      to,
    );
  else if (added.length > 0)
    report(context, 'pattern-added', `must match \`${added.join('`, `')}\``, from, to);
  else if (gone.length > 0)
    report(
      context,
      'pattern-removed',
      `need not match \`${gone.join('`, `')}\` any more`,
      from,
      to,
    );
}

/** A pattern that every text matches says nothing. */
const all = new Set(['', '.*', '^.*$', '^.*', '.*$', '^', '$', '[\\s\\S]*', '^[\\s\\S]*$']);

function patternsOf(schemas: Conjunction) {
  const found = new Map<string, ReturnType<typeof keyword>[number]>();
  for (const node of keyword(schemas, 'pattern'))
    if (typeof node.value === 'string' && !all.has(node.value)) found.set(node.value, node);
  return found;
}

function compareWords(
  context: Context,
  name: 'content-encoding' | 'content-media-type',
  keywordName: string,
  old: Conjunction,
  now: Conjunction,
): void {
  const from = keyword(old, keywordName).at(-1);
  const to = keyword(now, keywordName).at(-1);
  if (from?.value === to?.value) return;
  const change: ChangeName = from ? (to ? `${name}-changed` : `${name}-removed`) : `${name}-added`;
  const text = `${name.replaceAll('-', ' ')} is ${wordOf(to?.value)} instead of ${wordOf(from?.value)}`;
  report(context, change, text, from ?? old.at(-1), to ?? now.at(-1));
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : 'none';
}
