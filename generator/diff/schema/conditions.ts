import type { Conjunction } from './conjunction.ts';
import { subschema } from './conjunction.ts';
import { type Context, inside, report, weigh } from './context.ts';

/** Compares `if`, `then`, `else` and `not`. */
export function compareConditions(context: Context, old: Conjunction, now: Conjunction): void {
  compareIf(context, old, now);
  for (const name of ['then', 'else'] as const) {
    const from = subschema(old, name);
    const to = subschema(now, name);
    if (from && to) context.compare(inside(context, name), from, to);
    else if (to)
      report(context, `${name}-added`, `\`${name}\` demands something`, old.at(-1), to.at(-1));
    else if (from)
      report(
        context,
        `${name}-removed`,
        `\`${name}\` demands nothing any more`,
        from.at(-1),
        now.at(-1),
      );
  }
  compareNot(context, old, now);
}

/** A condition only chooses between `then` and `else`, so any change of it exchanges values. */
function compareIf(context: Context, old: Conjunction, now: Conjunction): void {
  const from = subschema(old, 'if');
  const to = subschema(now, 'if');
  if (!from && !to) return;
  if (!from) report(context, 'condition-added', 'a condition applies', old.at(-1), to?.at(-1));
  else if (!to)
    report(context, 'condition-removed', 'a condition no longer applies', from.at(-1), now.at(-1));
  else if (differ(context, from, to))
    report(context, 'condition-changed', 'a condition is another', from.at(-1), to.at(-1));
}

function compareNot(context: Context, old: Conjunction, now: Conjunction): void {
  const from = subschema(old, 'not');
  const to = subschema(now, 'not');
  if (!from && !to) return;
  const place = [from?.at(-1) ?? old.at(-1), to?.at(-1) ?? now.at(-1)] as const;
  if (!from) report(context, 'not-added', 'some values are excluded', ...place);
  else if (!to) report(context, 'not-removed', 'values are no longer excluded', ...place);
  else {
    const narrower = isNarrowed(context, from, to);
    const wider = isNarrowed(context, to, from);
    if (narrower && wider) report(context, 'not-changed', 'other values are excluded', ...place);
    else if (wider) report(context, 'not-narrowed', 'more values are excluded', ...place);
    else if (narrower) report(context, 'not-widened', 'fewer values are excluded', ...place);
  }
}

function differ(context: Context, from: Conjunction, to: Conjunction): boolean {
  return isNarrowed(context, from, to) || isNarrowed(context, to, from);
}

/**
 * Whether a value passes one and not the other. It is asked as of a request, since some of what
 * widens an answer only warns.
 */
function isNarrowed(context: Context, from: Conjunction, to: Conjunction): boolean {
  return weigh(context, 'request', (quiet) => context.compare(quiet, from, to)) === 'breaking';
}
