import type { ApiDescription, Operation, Pagination } from '../../ir/ir.ts';
import { equal } from '../../json/equal.ts';
import { type BatchRule, batchRules } from './batch-rules.ts';
import type { ApiDifference } from './difference.ts';
import { pairApiOperations } from './pair.ts';
import type { BatchBinding } from '../../ir/batch-binding.ts';

/** What changed in the batches and pages of an API. */
export function diffBatches(old: ApiDescription, now: ApiDescription): readonly ApiDifference[] {
  const { pairs, removed, added } = pairApiOperations(old, now);
  return [
    ...pairs.flatMap(([from, to]) => compareOperation(from, to)),
    ...removed.flatMap((operation) =>
      operation.batch
        ? [difference('batch-removed', 'has no builder any more', operation, undefined)]
        : [],
    ),
    ...added.flatMap((operation) =>
      operation.batch ? [difference('batch-added', 'is batchable', undefined, operation)] : [],
    ),
  ];
}

function compareOperation(old: Operation, now: Operation): readonly ApiDifference[] {
  const found: ApiDifference[] = [];
  const say = (rule: BatchRule, text: string): void =>
    void found.push(difference(rule, text, old, now));
  if (old.batch && now.batch) compareBindings(old.batch, now.batch, say);
  else if (old.batch) say('batch-removed', 'has no builder any more');
  else if (now.batch) say('batch-added', 'is batchable');
  if (old.pagination && now.pagination) comparePages(old.pagination, now.pagination, say);
  else if (old.pagination) say('pages-removed', 'has no pages any more');
  else if (now.pagination) say('pages-added', 'has pages');
  compareStages(old, now, say);
  return found;
}

type Say = (rule: BatchRule, text: string) => void;

function compareBindings(old: BatchBinding, now: BatchBinding, say: Say): void {
  if (old.dialect !== now.dialect)
    say('batch-dialect-changed', `is batched as ${now.dialect} instead of ${old.dialect}`);
  if (old.operation !== now.operation)
    say(
      'batch-verb-changed',
      `has the verb ${now.operation ?? 'none'} instead of ${old.operation ?? 'none'}`,
    );
  if (blank(old.resource) !== blank(now.resource))
    say(
      'batch-resource-changed',
      `has the resource ${now.resource ?? 'none'} instead of ${old.resource ?? 'none'}`,
    );
  if (old.creates && !now.creates)
    say('batch-id-removed', 'creates nothing that later actions can refer to');
  if (!old.creates && now.creates) say('batch-id-added', 'creates what later actions can refer to');
  if (!equal(placeOf(old), placeOf(now))) say('batch-place-changed', 'adds in another place');
}

/** A place without the types and comments of the parameters in it. */
function placeOf({ at }: BatchBinding): unknown {
  return at?.map((part) => {
    if (typeof part === 'string') return part;
    return 'param' in part ? part.param.name : part.member;
  });
}

function blank(resource: string | undefined): string | undefined {
  return resource?.replaceAll(/\{[^}]*\}/g, '{}');
}

function comparePages(old: Pagination, now: Pagination, say: Say): void {
  if (!equal(old.paging, now.paging)) {
    const [from, to] = [old.paging.kind, now.paging.kind];
    say(
      'paging-changed',
      from === to ? `follows ${to} otherwise` : `follows ${to} instead of ${from}`,
    );
  }
  if (!equal(old.items ?? [], now.items ?? []))
    say(
      'page-items-moved',
      `has its items at ${textOf(now.items)} instead of ${textOf(old.items)}`,
    );
}

function textOf(path: readonly string[] | undefined): string {
  return path && path.length > 0 ? `\`${path.join('.')}\`` : 'the body itself';
}

/** From the first to the last. A stage without a place among them has none. */
const stages = ['draft', 'experimental', 'alpha', 'preview', 'beta', 'ga', 'stable'];

function compareStages(old: Operation, now: Operation, say: Say): void {
  const from = old.doc.stage;
  const to = now.doc.stage;
  if (from === to) return;
  // Who says nothing of a stage means that it is released.
  const rank = (stage: string | undefined): number => stages.indexOf(stage?.toLowerCase() ?? 'ga');
  const text = `is ${to ?? 'released'} instead of ${from ?? 'released'}`;
  if (rank(to) > rank(from)) say('stage-increased', text);
  else if (rank(to) < rank(from)) say('stage-decreased', text);
}

function difference(
  rule: BatchRule,
  text: string,
  old: Operation | undefined,
  now: Operation | undefined,
): ApiDifference {
  const operation = (old ?? now)?.id;
  const { severity } = batchRules[rule];
  return {
    rule,
    severity,
    text,
    place: operation === undefined ? [] : [`\`${operation}\``],
    operation,
    old: old?.pointer,
    new: now?.pointer,
  };
}
