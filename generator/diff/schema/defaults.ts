import { equal } from '../equal.ts';
import { type Conjunction, keyword } from './conjunction.ts';
import { type Context, report } from './context.ts';

/** Compares what is meant where a value is left out. */
export function compareDefaults(context: Context, old: Conjunction, now: Conjunction): void {
  const from = keyword(old, 'default').at(-1);
  const to = keyword(now, 'default').at(-1);
  if (from === to || equal(from?.value, to?.value)) return;
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

function textOf(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return `\`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``;
}
