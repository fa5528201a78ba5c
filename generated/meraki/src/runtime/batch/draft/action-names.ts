// @ts-nocheck
import { memberAt } from '../action/members.js';
import type { ActionNames } from '../protocol/protocol.js';

/** An action under the names that the server has for its parts. */
export function toServer(action: object, names: ActionNames | undefined): object {
  if (!names) return action;
  const verb = memberAt(action, ['operation']);
  const body = memberAt(action, ['body']);
  return {
    [names.resource]: memberAt(action, ['resource']),
    [names.operation]: names.verbs?.[String(verb)] ?? verb,
    ...(body !== undefined && { [names.body]: body }),
  };
}

/** An action as the server lists it, under our own names. */
export function fromServer(json: unknown, names: ActionNames | undefined): unknown {
  if (!names) return json;
  const verb = memberAt(json, [names.operation]);
  const [ours = verb] = Object.entries(names.verbs ?? {}).find(([, word]) => word === verb) ?? [];
  const body = memberAt(json, [names.body]);
  return {
    resource: memberAt(json, [names.resource]),
    operation: ours,
    ...(body !== undefined && { body }),
  };
}
