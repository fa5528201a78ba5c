import { child, type Node, resolve } from '../node.ts';
import { compareContents } from './media.ts';
import { at, compareTexts, say, type Walk } from './walk.ts';
import type { Direction } from '../schema/severity.ts';

/** Compares the request bodies of two operations. */
export function compareBodies(outer: Walk, direction: Direction, old: Node, now: Node): void {
  const walk = at(outer, 'request body');
  const before = bodyOf(old);
  const after = bodyOf(now);
  if (before === after) return;
  if (!before) {
    if (after && isRequired(after))
      say(walk, 'required-request-body-added', 'is new and required', old, after);
    else say(walk, 'request-body-added', 'is new', old, after);
    return;
  }
  if (!after) {
    say(walk, 'request-body-removed', 'is gone', before, now);
    return;
  }
  compareTexts(walk, ['description'], before, after);
  if (isRequired(after) && !isRequired(before))
    say(walk, 'request-body-required', 'is required', before, after);
  if (isRequired(before) && !isRequired(after))
    say(walk, 'request-body-optional', 'is optional', before, after);
  compareContents(walk, direction, child(before, 'content'), child(after, 'content'));
}

function bodyOf(operation: Node): Node | undefined {
  const body = child(operation, 'requestBody');
  return body && resolve(body);
}

function isRequired(body: Node): boolean {
  return child(body, 'required')?.value === true;
}
