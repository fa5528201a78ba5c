import { child, members, type Node, resolve } from '../node.ts';
import { compareContents } from './media.ts';
import { at, compareDeprecated, compareTexts, say, type Walk } from './walk.ts';
import { equal } from '../../json/equal.ts';
import { compareContent, compareStyle } from './written.ts';
import type { Direction } from '../schema/severity.ts';

/** Compares the answers of two operations, status by status. */
export function compareAnswers(walk: Walk, direction: Direction, old: Node, now: Node): void {
  const before = answersOf(old);
  const after = answersOf(now);
  for (const [status, from] of before) {
    const where = at(walk, titleOf(status));
    const to = after.get(status);
    if (to) compareAnswer(where, direction, from, to);
    else if (isRange(status) && hasOneOf(status, after)) continue;
    else if (isSuccess(status) && !after.has('2XX'))
      say(where, 'status-removed', 'is gone', from, now);
    else say(where, 'error-status-removed', 'is gone', from, now);
  }
  // What a range said of a status, the status says now, and the other way round.
  for (const [status, from] of before) {
    const range = rangeOf(status);
    const to = after.has(status) || before.has(range) ? undefined : after.get(range);
    if (to) compareAnswer(at(walk, titleOf(status)), direction, from, to);
  }
  for (const [status, to] of after) {
    if (before.has(status)) continue;
    const from = after.has(rangeOf(status)) ? undefined : before.get(rangeOf(status));
    if (from) compareAnswer(at(walk, titleOf(status)), direction, from, to);
    const isKnown = before.has('default') || before.has(rangeOf(status));
    const rule = isSuccess(status) && !isKnown ? 'status-added' : 'error-status-added';
    say(at(walk, titleOf(status)), rule, 'is new', old, to);
  }
}

function answersOf(operation: Node): ReadonlyMap<string, Node> {
  const answers = members(child(operation, 'responses'));
  return new Map(
    answers
      .filter(({ key }) => !key.startsWith('x-'))
      .map((node) => [node.key === 'default' ? node.key : node.key.toUpperCase(), resolve(node)]),
  );
}

function titleOf(status: string): string {
  return status === 'default' ? 'any other answer' : `answer ${status}`;
}

/** `4XX` of `404`. */
function rangeOf(status: string): string {
  return `${status[0]}XX`;
}

function isRange(status: string): boolean {
  return /^\dXX$/.test(status);
}

function hasOneOf(range: string, answers: ReadonlyMap<string, Node>): boolean {
  return [...answers.keys()].some((status) => !isRange(status) && rangeOf(status) === range);
}

function isSuccess(status: string): boolean {
  return status.startsWith('2') || status.startsWith('3');
}

function compareAnswer(walk: Walk, direction: Direction, old: Node, now: Node): void {
  if (old === now) return;
  compareTexts(walk, ['summary', 'description'], old, now);
  if (!equal(child(old, 'links')?.value, child(now, 'links')?.value))
    say(walk, 'links-changed', 'has other links', old, now);
  compareHeaders(walk, direction, old, now);
  const before = child(old, 'content');
  const after = child(now, 'content');
  const isEmpty = (content: Node | undefined) => members(content).length === 0;
  if (isEmpty(before) && isEmpty(after)) return;
  if (isEmpty(before)) say(walk, 'response-body-added', 'has a body', old, after);
  else if (isEmpty(after)) say(walk, 'response-body-removed', 'has no body any more', before, now);
  else compareContents(walk, direction, before, after);
}

function compareHeaders(walk: Walk, direction: Direction, old: Node, now: Node): void {
  const before = headersOf(old);
  const after = headersOf(now);
  for (const [name, from] of before) {
    const where = at(walk, `header \`${name}\``);
    const to = after.get(name);
    if (to) compareHeader(where, direction, from, to);
    else say(where, 'response-header-removed', 'is gone', from, now);
  }
  for (const [name, to] of after)
    if (!before.has(name))
      say(at(walk, `header \`${name}\``), 'response-header-added', 'is new', old, to);
}

function compareHeader(walk: Walk, direction: Direction, old: Node, now: Node): void {
  if (old === now) return;
  compareTexts(walk, ['description', 'example', 'examples'], old, now);
  compareDeprecated(walk, old, now);
  const isRequired = (node: Node) => child(node, 'required')?.value === true;
  if (isRequired(now) && !isRequired(old))
    say(walk, 'response-header-required', 'is promised', old, now);
  if (isRequired(old) && !isRequired(now))
    say(walk, 'response-header-optional', 'is no longer promised', old, now);
  compareStyle(walk, 'response-header-content-changed', old, now);
  compareContent(walk, direction, 'response-header-content-changed', old, now);
}

/** Headers are the same in any case; `Content-Type` is what the media type says. */
function headersOf(answer: Node): ReadonlyMap<string, Node> {
  return new Map(
    members(child(answer, 'headers'))
      .map((node) => [node.key.toLowerCase(), resolve(node)] as const)
      .filter(([name]) => name !== 'content-type'),
  );
}
