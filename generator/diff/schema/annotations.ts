import { isObject, own } from '../../json/narrow.ts';
import { equal } from '../../json/equal.ts';
import { compareStability } from '../stability.ts';
import { type Conjunction, isSet, keyword } from './conjunction.ts';
import type { Context } from './context.ts';
import type { Node } from '../node.ts';
import { annotations } from './annotation-rules.ts';

/** Compares what people read: it never changes what passes. */
export function compareAnnotations(context: Context, old: Conjunction, now: Conjunction): void {
  if (old.length === 1 && now.length === 1 && !isAnnotated(old[0]) && !isAnnotated(now[0])) return;
  const place = [old.at(-1), now.at(-1)] as const;
  compareText(context, 'description', ['description', '$comment'], old, now);
  compareText(context, 'title', ['title'], old, now);
  compareText(context, 'examples', ['example', 'examples'], old, now);
  compareText(context, 'externalDocs', ['externalDocs'], old, now);
  const was = isSet(old, 'deprecated');
  if (was !== isSet(now, 'deprecated')) {
    if (was) note(context, 'undeprecated', 'is no longer deprecated', ...place);
    else note(context, 'deprecated', 'is deprecated', ...place);
  }
  const [from, to] = place;
  if (from && to) compareStability(context, from, to);
  compareExtensions(context, old, now);
}

/** Reports a change that only concerns what people read. */
export function note(
  context: Pick<Context, 'place' | 'report'>,
  name: keyof typeof annotations,
  text: string,
  old: Node | undefined,
  now: Node | undefined,
): void {
  const { rule, severity } = annotations[name];
  context.report({ rule, severity, text, place: context.place, old, new: now });
}

function compareText(
  context: Context,
  name: 'description' | 'title' | 'examples' | 'externalDocs',
  keywords: readonly string[],
  old: Conjunction,
  now: Conjunction,
): void {
  for (const each of keywords) {
    const from = keyword(old, each).at(-1);
    const to = keyword(now, each).at(-1);
    if (from === to || equal(from?.value, to?.value)) continue;
    const verb = from ? (to ? 'is another' : 'is gone') : 'is new';
    note(context, name, `\`${each}\` ${verb}`, from ?? old.at(-1), to ?? now.at(-1));
  }
}

/** Extensions that the comparison reads by their meaning. */
const known = new Set(['x-extensible-enum', 'x-nullable', 'x-stability-level', 'x-sunset']);

function compareExtensions(context: Context, old: Conjunction, now: Conjunction): void {
  const names = new Set(
    [...old, ...now].flatMap(({ value }) => (isObject(value) ? Object.keys(value) : [])),
  );
  for (const name of names) {
    if (!name.startsWith('x-') || known.has(name)) continue;
    const from = keyword(old, name).at(-1);
    const to = keyword(now, name).at(-1);
    if (from === to || equal(from?.value, to?.value)) continue;
    const verb = from ? (to ? 'is another' : 'is gone') : 'is new';
    note(context, 'extensions', `\`${name}\` ${verb}`, from ?? old.at(-1), to ?? now.at(-1));
  }
}

const annotating = /^(?:description|title|examples?|externalDocs|deprecated|\$comment|x-)/;

function isAnnotated(node: Node | undefined): boolean {
  const value = node?.value;
  return (
    isObject(value) &&
    Object.keys(value).some((key) => annotating.test(key) && own(value, key) !== undefined)
  );
}
