import { child, members, type Node } from '../node.ts';
import { type Conjunction, conjunctionOf } from '../schema/conjunction.ts';
import type { Direction } from '../schema/severity.ts';
import { type Kind, shapeOf } from '../schema/shape.ts';
import { essenceOf } from './media.ts';
import type { WireRule } from './rules.ts';
import { contextOf, say, type Walk } from './walk.ts';

/** Compares how the value of a parameter or header is written. */
export function compareStyle(walk: Walk, rule: WireRule, old: Node, now: Node): void {
  const before = styleOf(old);
  const after = styleOf(now);
  const kinds = kindsOf(old);
  // A single value looks the same, exploded or not.
  const explodes = before.explode !== after.explode && (kinds.has('array') || kinds.has('object'));
  if (before.style === after.style && !explodes) return;
  const text = `is written as ${textOf(after)} instead of ${textOf(before)}`;
  say(walk, rule, text, old, now);
}

/** Compares the values of a parameter or header: those of its schema, or of its media type. */
export function compareContent(
  walk: Walk,
  direction: Direction,
  rule: WireRule,
  old: Node,
  now: Node,
): void {
  const before = contentOf(old);
  const after = contentOf(now);
  if (before?.key !== after?.key) {
    const text = `holds ${after ? essenceOf(after.key) : 'plain text'} instead of ${before ? essenceOf(before.key) : 'plain text'}`;
    say(walk, rule, text, before ?? old, after ?? now);
    return;
  }
  const from = child(before ?? old, 'schema');
  const to = child(after ?? now, 'schema');
  if (!from && !to) return;
  const context = contextOf(walk, direction, before ? 'json' : writingOf(old, now));
  const isRequired = [old, now].every((node) => child(node, 'required')?.value === true);
  context.compare({ ...context, isRequired }, anyOr(from), anyOr(to));
}

/** What has no schema may be anything. */
function anyOr(schema: Node | undefined): Conjunction {
  return schema ? conjunctionOf(schema) : [];
}

function writingOf(old: Node, now: Node): 'query' | 'text' {
  const isForm = [old, now].every((node) => styleOf(node).style === 'form');
  return child(old, 'in')?.value === 'query' && isForm && styleOf(now).explode ? 'query' : 'text';
}

interface Style {
  readonly style: string;
  readonly explode: boolean;
}

function styleOf(parameter: Node): Style {
  const place = child(parameter, 'in')?.value;
  const said = child(parameter, 'style')?.value;
  const style =
    typeof said === 'string' ? said : place === 'query' || place === 'cookie' ? 'form' : 'simple';
  const explode = child(parameter, 'explode')?.value;
  return {
    style,
    explode: typeof explode === 'boolean' ? explode : style === 'form' || style === 'cookie',
  };
}

function textOf({ style, explode }: Style): string {
  return explode ? `${style}, exploded` : style;
}

function kindsOf(parameter: Node): ReadonlySet<Kind> {
  const schema = child(parameter, 'schema');
  return new Set(schema ? shapeOf(conjunctionOf(schema)).keys() : ['string' as const]);
}

function contentOf(parameter: Node): Node | undefined {
  return members(child(parameter, 'content'))[0];
}
