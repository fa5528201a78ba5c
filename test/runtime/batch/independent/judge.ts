import type { LeftDraft } from '../../../../templates/runtime/batch/outcome/left-draft.ts';
import type { Outcome } from '../../../../templates/runtime/batch/outcome/outcome.ts';
import type { Ledger } from '../../../simulators/independent/ledger.ts';
import type { Known } from './load.ts';

/** What outcomes and ledger say together. Of every figure but the last ones, anything but 0 is a fault. */
export interface Figures {
  /** Actions without an outcome. */
  readonly lost: number;
  /** Actions that took effect more than once. */
  readonly twice: number;
  /** Actions that took effect and are called failed, rolled back or skipped. */
  readonly calledOtherwise: number;
  /** Actions that are called applied and took no effect. */
  readonly claimed: number;
  /** Actions that took effect on something that is not what they refer to. */
  readonly misdirected: number;
  /** Creations whose outcome has another id than the server gave. */
  readonly wrongIds: number;
  /** Actions of one chain that took effect in another order. */
  readonly disordered: number;
  /** Drafts of others that we confirmed or deleted. */
  readonly foreignTouched: number;
  /** Actions that a server without troubles applies, and that are honestly called not applied. */
  readonly notDone: number;
  /** Requests above the rate. */
  readonly overLimit: number;
  /** Drafts of ours that are left. */
  readonly leftDrafts: number;
  /** Of those, drafts that the result does not name. */
  readonly unnamed: number;
  readonly unknown: number;
  /** By reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** The first of each kind of fault, in words. */
  readonly first: readonly string[];
}

type Fault =
  | 'lost'
  | 'twice'
  | 'calledOtherwise'
  | 'claimed'
  | 'misdirected'
  | 'wrongIds'
  | 'disordered'
  | 'notDone';

/** Compares what a run says with what the server did. */
export function judge(
  known: readonly Known[],
  outcomes: readonly (Outcome | undefined)[],
  ledger: Ledger,
  left: { readonly open: readonly string[]; readonly named: readonly LeftDraft[] },
): Figures {
  const counts = new Map<Fault, number>();
  const first: string[] = [];
  const reasons: Record<string, number> = {};
  const chains = new Map<string, number>();
  const uris = known.map(({ identity }) => ledger.effects(identity)[0]?.created);
  const blame = (fault: Fault, index: number): void => {
    const count = counts.get(fault) ?? 0;
    counts.set(fault, count + 1);
    if (count > 0) return;
    const { identity } = known[index]!;
    const places = ledger.effects(identity).map(({ resource }) => resource);
    first.push(`${fault}: ${index} ${identity} at [${places}]: ${JSON.stringify(outcomes[index])}`);
  };
  for (const [index, { identity, applies, parent, chain }] of known.entries()) {
    const outcome = outcomes[index];
    const effects = ledger.effects(identity);
    if (!outcome) blame('lost', index);
    else if (outcome.status === 'unknown')
      reasons[outcome.reason] = (reasons[outcome.reason] ?? 0) + 1;
    else if (outcome.status === 'applied') {
      if (effects.length === 0) blame('claimed', index);
      const id = (outcome.value as { readonly id?: unknown } | undefined)?.id;
      const given = uris[index]?.id;
      if (id !== undefined && given !== undefined && id !== given) blame('wrongIds', index);
    } else if (effects.length > 0) blame('calledOtherwise', index);
    else if (applies && !waitsForUnknown(outcomes, outcome)) blame('notDone', index);
    if (effects.length > 1) blame('twice', index);
    const above = parent === undefined ? undefined : uris[parent];
    const strays = effects.some(({ resource }) => !isAt(resource, above?.uri));
    if (parent !== undefined && strays) blame('misdirected', index);
    if (chain === undefined || effects.length === 0) continue;
    const { serial } = effects[0]!;
    if ((chains.get(chain) ?? 0) > serial) blame('disordered', index);
    chains.set(chain, serial);
  }
  const of = (fault: Fault): number => counts.get(fault) ?? 0;
  return {
    lost: of('lost'),
    twice: of('twice'),
    calledOtherwise: of('calledOtherwise'),
    claimed: of('claimed'),
    misdirected: of('misdirected'),
    wrongIds: of('wrongIds'),
    disordered: of('disordered'),
    foreignTouched: ledger.foreignTouched,
    notDone: of('notDone'),
    overLimit: ledger.overLimit,
    leftDrafts: left.open.length,
    unnamed: unnamedOf(left.open, left.named),
    unknown: Object.values(reasons).reduce((sum, count) => sum + count, 0),
    reasons,
    first,
  };
}

/** Drafts that are neither named nor said to be possible. */
function unnamedOf(open: readonly string[], named: readonly LeftDraft[]): number {
  const ids = new Set(named.map(({ id }) => id));
  return ids.has(undefined) ? 0 : open.filter((id) => !ids.has(id)).length;
}

/** Whether a path is the one of a resource, or below it. */
function isAt(path: string, uri: string | undefined): boolean {
  return uri !== undefined && (path === uri || path.startsWith(`${uri}/`));
}

/** Whether an action was skipped because nobody knows what became of another. */
function waitsForUnknown(
  outcomes: readonly (Outcome | undefined)[],
  outcome: Outcome | undefined,
): boolean {
  if (outcome?.status === 'unknown') return true;
  const isDependent = outcome?.status === 'skipped' && outcome.reason === 'dependency';
  return isDependent && outcome.cause !== undefined
    ? waitsForUnknown(outcomes, outcomes[outcome.cause])
    : false;
}
