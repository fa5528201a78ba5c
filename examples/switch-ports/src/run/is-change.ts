import type { Action, JournalReport } from '../meraki/batch';

/** Whether an action of a plan has a resource and an operation, as all have that Meraki takes. */
export function isChange(action: JournalReport['plan']['actions'][number]): action is Action {
  return 'resource' in action;
}
