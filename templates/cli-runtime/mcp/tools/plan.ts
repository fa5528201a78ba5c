import type { PlanHead, PlanRow } from '../../bulk/plan-file.js';
import type { Operation } from '../../operations/table.js';
import { count } from '../../terminal/count.js';
import { CommandError } from '../../terminal/exit-code.js';
import type { Answer } from '../answers.js';
import type { ApiSession } from '../api-session.js';
import { checkInput } from '../check-input.js';
import type { PlanRecord } from '../plan-store.js';
import { showPlan, type ShownPlan } from '../shown-plan.js';

export interface PlanInput {
  readonly changes: readonly {
    readonly operation: string;
    readonly input?: Readonly<Record<string, unknown>>;
  }[];
  readonly scope?: Readonly<Record<string, string>>;
  readonly onError?: 'stop' | 'continue';
}

const MOST_CHANGES = 1_000;
const MOST_FAULTS = 30;

/** `plan`: checks changes, compares them with what is there, and keeps them; nothing is sent. */
export async function plan(session: ApiSession, given: PlanInput): Promise<Answer> {
  const { changes, onError = 'stop' } = given;
  if (changes.length === 0 || changes.length > MOST_CHANGES)
    throw new CommandError(`A plan has 1 to ${MOST_CHANGES} changes.`);
  const operations = await checked(session, changes);
  const isBatch =
    session.api.modules.batch !== undefined &&
    operations.every(({ builder }) => builder !== undefined);
  const scope = isBatch ? scopeOf(session, given.scope ?? {}) : {};
  session.allowed.scope(scope);
  const text = planText(session, operations, changes, { scope, isBatch });
  const facts = {
    kind: isBatch ? ('batch' as const) : ('calls' as const),
    account: session.account,
    scope,
    onError,
  };
  const record = await session.plans.add(facts, text, session.options.planMs);
  const shown = await showPlan(showing(session), await session.plans.read(record.id));
  return planned(session, record, shown);
}

/** The operations of the changes; all that is wrong with them is said at once. */
async function checked(
  session: ApiSession,
  changes: PlanInput['changes'],
): Promise<readonly Operation[]> {
  const types = await session.table.types();
  const faults: string[] = [];
  const operations: Operation[] = [];
  const known = new Map<string, Operation>();
  for (const [index, { operation: name, input = {} }] of changes.entries()) {
    try {
      const operation = known.get(name) ?? (await session.operation(name));
      known.set(name, operation);
      operations.push(operation);
      if (operation.method === 'GET') throw new CommandError(`${name} only reads: use read.`);
      const wrong = checkInput(operation, input, types);
      faults.push(...wrong.map((fault) => `change ${index + 1}: ${fault}`));
      if (wrong.length === 0) await session.allowed.check(operation, input);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      faults.push(`change ${index + 1}: ${error.message}`);
    }
    if (faults.length > MOST_FAULTS) break;
  }
  if (faults.length > 0)
    throw new CommandError([...faults.slice(0, MOST_FAULTS), 'Nothing was planned.'].join('\n'));
  return operations;
}

/** What the batches belong to: as the model says it, or the one that is allowed, or as it is set. */
function scopeOf(
  session: ApiSession,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const names = session.api.batch?.scope ?? [];
  return Object.fromEntries(
    names.map((name) => {
      const own = Object.hasOwn(given, name) ? given[name] : undefined;
      const value = own ?? session.allowed.only(name) ?? session.settings(name);
      if (value !== undefined && value !== '') return [name, value];
      throw new CommandError(`scope.${name} is missing: it says what the batches belong to.`);
    }),
  );
}

function planText(
  { api }: ApiSession,
  operations: readonly Operation[],
  changes: PlanInput['changes'],
  { scope, isBatch }: { readonly scope: Readonly<Record<string, string>>; isBatch: boolean },
): string {
  const calls = isBatch ? {} : { calls: true as const };
  const head: PlanHead = {
    plan: 1,
    bin: api.bin,
    ...calls,
    scope,
    columns: ['operation', 'input'],
  };
  const rows = operations.map((operation, index): PlanRow => {
    const { name, group, builder, method, verb } = operation;
    const input = changes[index]?.input ?? {};
    const destroys = method === 'DELETE' || verb === 'destroy';
    return {
      row: index + 1,
      group: isBatch ? (builder ?? group) : group,
      operation: name,
      ...(destroys && { destroys: true as const }),
      input,
      cells: [name, input],
    };
  });
  return [head, ...rows].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** What is said of a plan that was kept. */
export function planned(
  { api, options, plans }: ApiSession,
  { id, hash, expires, kind }: PlanRecord,
  { text, changes, destroys }: ShownPlan,
): Answer {
  const command = kind === 'calls' ? 'bulk' : 'batch';
  const path = kind === 'undo' ? '' : ` or \`${api.bin} ${command} apply ${plans.file(id)}\``;
  const next = options.allowWrites
    ? `Call apply with this plan and hash. A person has to approve it: \`${api.bin} approve ${id}\` in a terminal, or when their client asks.`
    : `This server only reads. A person can apply it: start the server with --allow-writes${path}.`;
  return {
    notes: [
      `plan: ${id}`,
      `hash: ${hash}`,
      `${count(changes, 'change')}, of which ${destroys} destroy something. Nothing was sent. It expires at ${expires}.`,
      next,
    ],
    data: text.split('\n'),
  };
}

/** The session as what shows plans. */
export function showing(session: ApiSession): Parameters<typeof showPlan>[0] {
  const { api, console, settings } = session;
  return { api, console, settings, batch: () => session.batch() };
}
