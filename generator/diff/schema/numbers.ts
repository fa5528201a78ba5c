import { compareNumberBound } from './bounds.ts';
import { keyword } from './conjunction.ts';
import { type Context, report } from './context.ts';
import { compareFormats } from './formats.ts';
import type { Typed } from './shape.ts';

export function compareNumbers(context: Context, old: Typed, now: Typed): void {
  const isTyped = old.integer !== now.integer && !isStepped(old.integer ? now : old);
  if (isTyped && !old.values && !now.values) {
    const change = now.integer ? 'type-narrowed' : 'type-widened';
    const names = now.integer ? ['integer', 'number'] : ['number', 'integer'];
    const from = keyword(old.schemas, 'type').at(-1) ?? old.schemas.at(-1);
    const to = keyword(now.schemas, 'type').at(-1) ?? now.schemas.at(-1);
    report(context, change, `type is ${names.join(' instead of ')}`, from, to);
  }
  compareNumberBound(context, 'maximum', old, now);
  compareNumberBound(context, 'minimum', old, now);
  compareSteps(context, old, now);
  compareFormats(context, old, now);
}

/** Whether a number is whole because of its step. */
function isStepped({ schemas }: Typed): boolean {
  return keyword(schemas, 'multipleOf').some(({ value }) => Number.isInteger(value));
}

function compareSteps(context: Context, old: Typed, now: Typed): void {
  const from = keyword(old.schemas, 'multipleOf').at(-1);
  const to = keyword(now.schemas, 'multipleOf').at(-1);
  // A step of 1 says that it is an integer, which is compared as such.
  const before = from?.value === 1 ? undefined : from?.value;
  const after = to?.value === 1 ? undefined : to?.value;
  if (before === after) return;
  const place = [from ?? old.schemas.at(-1), to ?? now.schemas.at(-1)] as const;
  if (typeof before !== 'number')
    report(context, 'multiple-of-added', `must be a multiple of ${String(after)}`, ...place);
  else if (typeof after !== 'number')
    report(
      context,
      'multiple-of-removed',
      `need not be a multiple of ${before} any more`,
      ...place,
    );
  else {
    const text = `must be a multiple of ${after} instead of ${before}`;
    if (isMultiple(before, after)) report(context, 'multiple-of-widened', text, ...place);
    else if (isMultiple(after, before)) report(context, 'multiple-of-narrowed', text, ...place);
    else report(context, 'multiple-of-changed', text, ...place);
  }
}

/** Decimal steps such as 0.1 and 0.3 have no exact binary form. */
function isMultiple(value: number, step: number): boolean {
  const quotient = value / step;
  return Math.abs(quotient - Math.round(quotient)) < 1e-9;
}
