// @ts-nocheck
import { createHash } from 'node:crypto';
import type { Settings } from '../access/settings.js';
import { loadCall } from '../call/client-module.js';
import { showRequest } from '../call/show-request.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import {
  type ClientBatch,
  openJournal,
  type Plan,
  planOf,
  type Preview,
} from '../run/client-batch.js';
import { destroys } from '../run/destroys.js';
import { findRun, type RunFolder, runsFolder } from '../run/run-folder.js';
import type { Console } from '../terminal/console.js';
import { CommandError } from '../terminal/exit-code.js';
import { hashOf, rowsOf, type StoredPlan } from './plan-store.js';

/** What a person is shown of a plan, and what is run when they agree. */
export interface ShownPlan {
  /** Every change. */
  readonly text: string;
  /** A digest of what the preview says; absent where there is none. */
  readonly seen: string | undefined;
  readonly changes: number;
  readonly destroys: number;
  /** The plan of the client; absent where calls are made one by one. */
  readonly plan: Plan | undefined;
}

/** Where plans are shown: in the server, and in the terminal of the person who approves. */
export interface Showing {
  readonly api: GeneratedApi;
  readonly console: Console;
  readonly settings: Settings;
  readonly batch: () => Promise<ClientBatch>;
}

/** Shows a plan as it would be applied now, compared with what is there where the API can be read. */
export async function showPlan(
  showing: Showing,
  stored: StoredPlan,
  { preview: wantsPreview }: { readonly preview: boolean } = { preview: true },
): Promise<ShownPlan> {
  switch (stored.record.kind) {
    case 'calls':
      return showCalls(showing, stored);
    case 'batch': {
      const file = rowsOf(stored);
      const batch = await showing.batch();
      const plan = await planOf(showing.api, batch, file);
      const count = plan.actions.filter(destroys).length;
      if (!wantsPreview || !batch.preview) return { ...textOf(plan), plan, destroys: count };
      const preview = await batch.preview(plan, file.scope);
      return { ...textOf(preview), seen: digestOf(preview), plan: preview, destroys: count };
    }
    case 'undo': {
      const plan = await undoOf(showing, stored.record.run ?? '');
      if (hashOf(undoText(plan)) !== stored.record.hash)
        throw new CommandError(
          'What takes the run back has changed since this was planned. Call undo again.',
        );
      return { ...textOf(plan), plan, destroys: plan.actions.filter(destroys).length };
    }
  }
}

/** What takes a run back. */
export async function undoOf({ api, console, batch }: Showing, run: string): Promise<Plan> {
  const { undo } = await batch();
  if (!undo) throw new CommandError('This API takes nothing back.');
  const folder: RunFolder = await findRun(runsFolder(api, undefined, console), run, false);
  return undo(await openJournal(api, folder.journal));
}

/** The text of such a plan, which its hash is of. */
export function undoText({ actions }: Plan): string {
  return actions.map((action) => `${JSON.stringify(action)}\n`).join('');
}

function textOf(plan: Plan): Pick<ShownPlan, 'text' | 'changes' | 'seen'> {
  // What a plan is as JSON leaves out its secrets.
  const { batches }: PlanJson = JSON.parse(JSON.stringify(plan));
  const sent = batches.flatMap(({ actions }) => actions.map((action) => JSON.stringify(action)));
  return {
    text: [String(plan).trimEnd(), 'What is sent:', ...sent].join('\n'),
    seen: undefined,
    changes: plan.actions.length,
  };
}

interface PlanJson {
  readonly batches: readonly { readonly actions: readonly unknown[] }[];
}

function digestOf(preview: Preview): string {
  return createHash('sha256').update(JSON.stringify(preview.toJSON().steps)).digest('hex');
}

/** The requests of plain calls, as they would be sent. */
async function showCalls({ api, settings }: Showing, stored: StoredPlan): Promise<ShownPlan> {
  const { rows } = rowsOf(stored);
  const lines: string[] = [];
  for (const { row, group, operation, input } of rows) {
    const call = await loadCall(api, group, operation);
    const { method, url, body } = await showRequest(api, settings, (client) => call(client, input));
    const sent = body === undefined ? '' : ` ${JSON.stringify(body)}`;
    lines.push(`${row}. ${operation}: ${method} ${url}${sent}`);
  }
  const destroying = rows.filter((row) => row.destroys).length;
  return {
    text: [`${rows.length} calls, one after the other:`, ...lines].join('\n'),
    seen: undefined,
    changes: rows.length,
    destroys: destroying,
    plan: undefined,
  };
}
