// @ts-nocheck
import type { Client } from '../call/client-module.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { Preview, Step } from '../run/client-batch.js';
import { count } from '../terminal/count.js';
import type { CallAction } from './call-action.js';
import { Looks } from './looks.js';

type Members = Readonly<Record<string, unknown>>;

/** A member that a call would change. */
interface Change {
  readonly member: string;
  readonly from: unknown;
  readonly to: unknown;
}

export interface CallStep extends Step {
  readonly row: number;
  readonly changes?: readonly Change[];
  readonly why?: string;
}

/** Compares calls with what is there now, where that can be read. */
export async function previewOf(
  api: GeneratedApi,
  client: Client,
  actions: readonly CallAction[],
): Promise<Preview & { readonly steps: readonly CallStep[] }> {
  const looks = new Looks(api, client, actions);
  const steps = await Promise.all(
    actions.map(async (action, index): Promise<CallStep> => {
      const { path, row, method } = action;
      const step = await stepOf(action, looks);
      return { row, index, path: `${method} ${path}`, ...step };
    }),
  );
  return {
    actions,
    steps,
    toString: () => [summaryOf(steps), ...steps.map(lineOf)].join('\n'),
    toJSON: () => ({ steps }),
  };
}

async function stepOf(
  action: CallAction,
  looks: Looks,
): Promise<Pick<CallStep, 'kind' | 'changes' | 'why'>> {
  const { method, adds, body, reading } = action;
  if (adds) return { kind: 'create' };
  if (!reading) return { kind: 'unreadable', why: 'the API has no operation that shows it' };
  try {
    const now = await looks.at(action);
    if (method === 'DELETE') return { kind: 'destroy' };
    if (!isMembers(now) || !isMembers(body))
      return { kind: 'unreadable', why: 'it is not shown as it is sent' };
    const changes = Object.entries(body).flatMap(([member, to]): Change[] => {
      const from = Object.hasOwn(now, member) ? now[member] : undefined;
      return isSame(from, to) ? [] : [{ member, from, to }];
    });
    return changes.length === 0 ? { kind: 'same' } : { kind: 'change', changes };
  } catch (error) {
    const { status, message } = error as { readonly status?: unknown; readonly message: string };
    if (status === 404 || status === 410)
      return method === 'DELETE' ? { kind: 'same', why: 'it is not there' } : { kind: 'create' };
    if (method === 'DELETE') return { kind: 'destroy', why: message };
    return { kind: 'unreadable', why: message };
  }
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether what is there shows all that is sent; members that are not sent do not matter. */
function isSame(shown: unknown, sent: unknown): boolean {
  if (Array.isArray(sent) && Array.isArray(shown))
    return sent.length === shown.length && sent.every((each, at) => isSame(shown[at], each));
  if (isMembers(sent) && isMembers(shown))
    return Object.entries(sent).every(
      ([name, value]) => Object.hasOwn(shown, name) && isSame(shown[name], value),
    );
  return shown === sent;
}

function summaryOf(steps: readonly CallStep[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of steps) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const parts = [...counts].map(([kind, number]) => `${number} ${kind}`);
  return `${count(steps.length, 'call')}: ${parts.join(', ')}`;
}

function lineOf({ row, path, kind, changes = [], why }: CallStep): string {
  const shown = (value: unknown): string => JSON.stringify(value) ?? 'absent';
  const parts = changes.map(({ member, from, to }) => `${member}: ${shown(from)} → ${shown(to)}`);
  return `row ${row}: ${path} ${kind}${why === undefined ? '' : ` (${why})`}${parts.length > 0 ? `; ${parts.join(', ')}` : ''}`;
}
