import type { Node } from '../node.ts';
import type { ChangeName } from './changes.ts';
import { type Conjunction, keyword } from './conjunction.ts';
import { type Context, report } from './context.ts';
import type { Typed } from './shape.ts';

type BoundName =
  | 'max-length'
  | 'min-length'
  | 'max-items'
  | 'min-items'
  | 'max-properties'
  | 'min-properties'
  | 'max-contains'
  | 'min-contains'
  | 'maximum'
  | 'minimum';

interface Bound {
  readonly value: number;
  /** Whether the bound itself is outside. */
  readonly exclusive: boolean;
  readonly at: Node | undefined;
}

/** Bounds that hold anyway: lengths are at least 0, and `contains` asks for one item. */
const implied: Partial<Record<BoundName, number>> = {
  'min-length': 0,
  'min-items': 0,
  'min-properties': 0,
  'min-contains': 1,
};

/** Compares an upper or lower bound that one keyword holds. */
export function compareBound(
  context: Context,
  name: BoundName,
  keywordName: string,
  old: Conjunction,
  now: Conjunction,
): void {
  const upper = name.startsWith('max');
  const of = (schemas: Conjunction) => tightest(boundsOf(schemas, keywordName), upper);
  const before = of(old);
  const after = of(now);
  const anyway = implied[name];
  if (anyway === undefined) {
    reportBound(context, name, before, after, old, now);
    return;
  }
  const none = { value: anyway, exclusive: false, at: undefined };
  if ((before ?? none).value === (after ?? none).value) return;
  const weaker = (bound: Bound | undefined) => bound !== undefined && bound.value < anyway;
  if (weaker(before) || weaker(after))
    reportBound(context, name, before ?? none, after ?? none, old, now);
  else reportBound(context, name, stronger(before, anyway), stronger(after, anyway), old, now);
}

/** Compares `maximum` or `minimum` with their exclusive forms, of OpenAPI 3.0 (a flag) and 3.1 (a number). */
export function compareNumberBound(
  context: Context,
  name: 'maximum' | 'minimum',
  { schemas: old, integer: wasInteger }: Pick<Typed, 'schemas' | 'integer'>,
  { schemas: now, integer: isInteger }: Pick<Typed, 'schemas' | 'integer'>,
): void {
  const exclusive = name === 'maximum' ? 'exclusiveMaximum' : 'exclusiveMinimum';
  const of = (schemas: Conjunction, integer: boolean) => {
    const plain = schemas.flatMap((schema) => {
      const [flag] = keyword([schema], exclusive);
      return boundsOf([schema], name).map((bound) => ({
        ...bound,
        exclusive: flag?.value === true,
      }));
    });
    const strict = boundsOf(schemas, exclusive).map((bound) => ({ ...bound, exclusive: true }));
    const found = tightest([...plain, ...strict], name === 'maximum');
    return found && integer ? inclusive(found, name) : found;
  };
  reportBound(context, name, of(old, wasInteger), of(now, isInteger), old, now);
}

/** The bound of whole numbers: more than 0 is at least 1. */
function inclusive(bound: Bound, name: 'maximum' | 'minimum'): Bound {
  if (!bound.exclusive || !Number.isInteger(bound.value)) return bound;
  return { ...bound, value: bound.value + (name === 'minimum' ? 1 : -1), exclusive: false };
}

function reportBound(
  context: Context,
  name: BoundName,
  before: Bound | undefined,
  after: Bound | undefined,
  old: Conjunction,
  now: Conjunction,
): void {
  const from = before?.at ?? old.at(-1);
  const to = after?.at ?? now.at(-1);
  const said = name.replace('-', ' ');
  if (before && after) {
    const order = compareBounds(before, after);
    if (order === 0) return;
    const change: ChangeName = `${name}-${order < 0 ? 'increased' : 'decreased'}`;
    report(context, change, `${said} is ${textOf(after)} instead of ${textOf(before)}`, from, to);
  } else if (after) {
    report(context, `${name}-added`, `${said} is ${textOf(after)}, where there was none`, from, to);
  } else if (before) {
    report(context, `${name}-removed`, `${said} is gone, which was ${textOf(before)}`, from, to);
  }

  function compareBounds(a: Bound, b: Bound): number {
    if (a.value !== b.value) return a.value - b.value;
    // An exclusive maximum is the lower one of two, an exclusive minimum the higher one.
    const step = name === 'maximum' ? -1 : 1;
    return (Number(a.exclusive) - Number(b.exclusive)) * step;
  }
}

function boundsOf(schemas: Conjunction, name: string): readonly Bound[] {
  return keyword(schemas, name).flatMap((at) =>
    typeof at.value === 'number' ? [{ value: at.value, exclusive: false, at }] : [],
  );
}

/** A bound that asks for more than what holds anyway. */
function stronger(bound: Bound | undefined, anyway: number): Bound | undefined {
  return bound && bound.value > anyway ? bound : undefined;
}

function tightest(bounds: readonly Bound[], upper: boolean): Bound | undefined {
  let found: Bound | undefined;
  for (const bound of bounds) {
    if (found && found.value === bound.value && !bound.exclusive) continue;
    if (
      found &&
      found.value !== bound.value &&
      (upper ? found.value < bound.value : found.value > bound.value)
    )
      continue;
    found = bound;
  }
  return found;
}

function textOf({ value, exclusive }: Bound): string {
  return exclusive ? `${value} (exclusive)` : String(value);
}
