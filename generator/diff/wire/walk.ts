import type { Node } from '../node.ts';
import { compareSchemas } from '../schema/compare.ts';
import type { Compared, Context, Difference } from '../schema/context.ts';
import { equal } from '../../json/equal.ts';
import { child } from '../node.ts';
import { type WireRule, wireRules } from './rules.ts';
import { annotations } from '../schema/annotation-rules.ts';
import type { Direction } from '../schema/severity.ts';

/** A walk through two documents side by side. */
export interface Walk {
  readonly place: readonly string[];
  readonly report: (difference: Difference) => void;
  readonly compared: Compared;
}

export function at(walk: Walk, ...steps: readonly string[]): Walk {
  return { ...walk, place: [...walk.place, ...steps] };
}

export function say(
  { place, report }: Walk,
  rule: WireRule,
  text: string,
  old: Node | undefined,
  now: Node | undefined,
): void {
  report({ rule, severity: wireRules[rule].severity, text, place, old, new: now });
}

/** The context in which schemas of this place are compared. */
export function contextOf(
  { place, report, compared }: Walk,
  direction: Direction,
  writtenAs: Context['writtenAs'] = 'json',
): Context {
  return { place, report, compared, direction, writtenAs, compare: compareSchemas };
}

/** Compares fields that people alone read, and extensions. */
export function compareTexts(walk: Walk, fields: readonly string[], old: Node, now: Node): void {
  const extensions = new Set(
    [old, now].flatMap(({ value }) =>
      Object.keys(value ?? {}).filter((key) => key.startsWith('x-') && !known.has(key)),
    ),
  );
  for (const field of [...fields, ...extensions]) {
    const from = child(old, field);
    const to = child(now, field);
    if (from === to || equal(from?.value, to?.value)) continue;
    const { rule, severity } = annotations[kindOf(field)];
    const verb = from ? (to ? 'is another' : 'is gone') : 'is new';
    walk.report({
      rule,
      severity,
      text: `\`${field}\` ${verb}`,
      place: walk.place,
      old: from ?? old,
      new: to ?? now,
    });
  }
}

/** Extensions that the comparison reads by their meaning. */
const known = new Set(['x-stability-level', 'x-sunset', 'x-ms-long-running-operation']);

function kindOf(
  field: string,
): 'description' | 'examples' | 'externalDocs' | 'extensions' | 'title' {
  if (field.startsWith('x-')) return 'extensions';
  if (field.startsWith('example')) return 'examples';
  if (field === 'externalDocs' || field === 'title') return field;
  return 'description';
}

/** Compares whether something is deprecated. */
export function compareDeprecated(walk: Walk, old: Node, now: Node): void {
  const was = child(old, 'deprecated')?.value === true;
  const is = child(now, 'deprecated')?.value === true;
  if (was === is) return;
  const { rule, severity } = annotations[is ? 'deprecated' : 'undeprecated'];
  const text = is ? 'is deprecated' : 'is no longer deprecated';
  walk.report({ rule, severity, text, place: walk.place, old, new: now });
}
