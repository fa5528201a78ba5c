import { textOf } from '../json/narrow.ts';
import { child, type Node } from './node.ts';

/** Whether something may go: it was deprecated, and the date of its sunset, if it had one, has passed. */
export function isSanctioned(node: Node): boolean {
  if (child(node, 'deprecated')?.value !== true) return false;
  const sunset = textOf(child(node, 'x-sunset')?.value);
  return sunset === '' || Date.parse(sunset) < Date.now();
}
