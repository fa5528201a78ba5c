import { listOf, textOf } from '../../json/narrow.ts';
import { equal } from '../../json/equal.ts';
import { child, type Node } from '../node.ts';
import type { Operation } from '../operations.ts';
import { compareStability } from '../stability.ts';
import { hasReference } from '../schema/same-text.ts';
import { compareAnswers } from './answers.ts';
import { compareBodies } from './bodies.ts';
import { compareCallbacks } from './callbacks.ts';
import { compareParameters } from './parameters.ts';
import { compareSecurity } from './security.ts';
import { compareServers } from './servers.ts';
import { compareDeprecated, compareTexts, say, type Walk } from './walk.ts';

/** Compares an operation with its successor. */
export function compareOperation(walk: Walk, old: Operation, now: Operation): void {
  if (old.item !== now.item) compareTexts(walk, ['summary', 'description'], old.item, now.item);
  if (old.flow === 'sent') {
    compareSecurity(walk, old.node, now.node);
    compareServers(walk, old.node, now.node);
  }
  if (isUnchanged(old, now)) return;
  compareTexts(walk, ['summary', 'description', 'externalDocs'], old.node, now.node);
  compareDeprecated(walk, old.node, now.node);
  compareIdentity(walk, old, now);
  comparePromises(walk, old.node, now.node);
  // What the API sends is an answer to its receiver, who in turn answers with requests.
  const [request, response] =
    old.flow === 'sent' ? (['request', 'response'] as const) : (['response', 'request'] as const);
  compareParameters(walk, request, old, now);
  compareBodies(walk, request, old.node, now.node);
  compareAnswers(walk, response, old.node, now.node);
  compareCallbacks(walk, old.node, now.node, compareOperation);
}

/** Whether nothing that belongs to an operation alone is written otherwise. Most operations stay as they are. */
function isUnchanged(old: Operation, now: Operation): boolean {
  const shared = ({ item }: Operation): unknown => child(item, 'parameters')?.value;
  return (
    old.method === now.method &&
    old.path === now.path &&
    equal(shared(old), shared(now)) &&
    equal(old.node.value, now.node.value) &&
    !hasReference(old.node.value) &&
    !hasReference(shared(old))
  );
}

function compareIdentity(walk: Walk, old: Operation, now: Operation): void {
  const blank = (path: string) => path.replaceAll(/\{[^}]*\}/g, '{}');
  const moved =
    old.method !== now.method || (blank(old.path) !== blank(now.path) && old.route !== now.route);
  if (moved) {
    const text = `is ${now.method} ${now.path} instead of ${old.method} ${old.path}`;
    say(walk, 'operation-moved', text, old.node, now.node);
  }
  if (old.id !== now.id) {
    const text = `operationId is ${now.id ?? 'gone'} instead of ${old.id ?? 'none'}`;
    const place = (operation: Operation) => child(operation.node, 'operationId') ?? operation.node;
    say(walk, 'operation-id-changed', text, place(old), place(now));
  }
  const tags = (operation: Operation) =>
    listOf(child(operation.node, 'tags')?.value).map(textOf).toSorted();
  if (!equal(tags(old), tags(now))) say(walk, 'tags-changed', 'has other tags', old.node, now.node);
}

function comparePromises(walk: Walk, old: Node, now: Node): void {
  compareStability(walk, old, now);
  const sunset = (node: Node) => textOf(child(node, 'x-sunset')?.value);
  const deprecated = child(now, 'deprecated')?.value === true;
  if (deprecated && sunset(old) !== '' && (sunset(now) === '' || sunset(now) < sunset(old)))
    say(
      walk,
      'sunset-earlier',
      `sunset is ${sunset(now) || 'gone'} instead of ${sunset(old)}`,
      old,
      now,
    );

  const polled = (node: Node) => child(node, 'x-ms-long-running-operation')?.value === true;
  if (polled(old) !== polled(now))
    say(
      walk,
      'long-running-changed',
      polled(now) ? 'is to be polled' : 'answers at once',
      old,
      now,
    );
}
