import { equal } from '../../json/equal.ts';
import { type Context, report } from './context.ts';
import { keyword, values } from './conjunction.ts';
import type { Typed } from './shape.ts';

/** Compares the listed values of two alternatives: `enum`, `const`, `x-extensible-enum`. */
export function compareValues(context: Context, old: Typed, now: Typed): void {
  compareExtensible(context, old, now);
  const from = placeOf(old);
  const to = placeOf(now);
  const isConst = [old, now].every((typed) => values(typed.schemas, 'const').length > 0);
  const name = [old, now].some((typed) => values(typed.schemas, 'const').length > 0)
    ? 'const'
    : 'enum';
  if (old.values && now.values) {
    const gone = without(old.values, now.values);
    const added = without(now.values, old.values);
    if (isConst) {
      if (gone.length > 0)
        report(
          context,
          'const-changed',
          `the constant is ${listed(now.values)} instead of ${listed(old.values)}`,
          from,
          to,
        );
      return;
    }
    if (gone.length > 0)
      report(context, 'enum-value-removed', `${listed(gone)} is no longer allowed`, from, to);
    if (added.length > 0)
      report(context, 'enum-value-added', `${listed(added)} is allowed`, from, to);
  } else if (now.values) {
    report(context, `${name}-added`, `only ${listed(now.values)} is allowed`, from, to);
  } else if (old.values) {
    report(
      context,
      `${name}-removed`,
      `other values than ${listed(old.values)} are allowed`,
      from,
      to,
    );
  }
}

function compareExtensible(context: Context, old: Typed, now: Typed): void {
  const from = keyword(old.schemas, 'x-extensible-enum').at(-1);
  const to = keyword(now.schemas, 'x-extensible-enum').at(-1);
  if (!Array.isArray(from?.value) || !Array.isArray(to?.value)) return;
  const gone = without(from.value, to.value);
  const added = without(to.value, from.value);
  if (gone.length > 0)
    report(
      context,
      'extensible-enum-value-removed',
      `${listed(gone)} is no longer listed`,
      from,
      to,
    );
  if (added.length > 0)
    report(context, 'extensible-enum-value-added', `${listed(added)} is listed`, from, to);
}

function without(list: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  const known = new Set(others.filter((value) => typeof value !== 'object'));
  return list.filter((value) => !known.has(value) && !others.some((other) => equal(other, value)));
}

const mostListed = 8;

function listed(list: readonly unknown[]): string {
  const shown = list.slice(0, mostListed).map((value) => `\`${JSON.stringify(value)}\``);
  const rest = list.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

function placeOf({ schemas }: Typed) {
  return keyword(schemas, 'enum').at(-1) ?? keyword(schemas, 'const').at(-1) ?? schemas.at(-1);
}
