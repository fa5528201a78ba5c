import { equal } from '../../json/equal.ts';
import { type Conjunction, keyword } from './conjunction.ts';
import { type Context, report } from './context.ts';

/**
 * Compares what is meant where a value is left out. A pair of schemas may stand where a value is
 * required and where it is not, and is compared for each.
 */
export function compareDefaults(
  outer: Context,
  pair: string,
  old: Conjunction,
  now: Conjunction,
): void {
  const from = keyword(old, 'default').at(-1);
  const to = keyword(now, 'default').at(-1);
  if (from === to || equal(from?.value, to?.value)) return;
  const { pairs } = outer.compared;
  const key = `default ${outer.isRequired ?? false} ${pair}`;
  if (pairs.has(key)) return;
  pairs.add(key);
  const context = outer.isRequired ? harmless(outer) : outer;
  const place = [from ?? old.at(-1), to ?? now.at(-1)] as const;
  if (!from) report(context, 'default-added', `default is ${textOf(to?.value)}`, ...place);
  else if (!to)
    report(
      context,
      'default-removed',
      `default is gone, which was ${textOf(from.value)}`,
      ...place,
    );
  else
    report(
      context,
      'default-changed',
      `default is ${textOf(to.value)} instead of ${textOf(from.value)}`,
      ...place,
    );
}

/** Where a value is never left out, its default says nothing. */
function harmless(context: Context): Context {
  return { ...context, report: (each) => context.report({ ...each, severity: 'info' }) };
}

function textOf(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return `\`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``;
}
