import type { ElementDialect } from '../../../simulators/independent/envelopes.ts';
import type { ElementMode } from './element-trial.ts';

const dialects = ['axapi', 'journyx', 'graph'] as const;
const elementStatuses = [409, 423, 500, 503] as const;
const batchStatuses = [400, 404, 409, 413, 422] as const;

/** Ways in which servers of request batches depart from what their vendors describe. */
export const elementModes: readonly ElementMode[] = dialects.flatMap((dialect): ElementMode[] => [
  { name: `${dialect}: as documented`, dialect, conduct: {} },
  {
    name: `${dialect}: answers are lost`,
    dialect,
    conduct: { lost: 0.5 },
    allows: allowed(dialect),
  },
  ...elementStatuses.map((elementAgain): ElementMode => ({
    name: `${dialect}: answers are lost, an element that comes again gets ${elementAgain}`,
    dialect,
    conduct: { lost: 0.5, elementAgain },
    allows: allowed(dialect),
  })),
  ...batchStatuses.map((batchAgain): ElementMode => ({
    name: `${dialect}: answers are lost, a batch that comes again gets ${batchAgain}`,
    dialect,
    conduct: { lost: 0.5, batchAgain },
    // What is added has no fence everywhere, and is not sent again then.
    adds: false,
    allows: allowed(dialect),
  })),
  {
    name: `${dialect}: answers are partial`,
    dialect,
    conduct: { partialAnswers: 0.3 },
    allows: allowed(dialect),
  },
  {
    name: `${dialect}: 5 % of all requests are faulted`,
    dialect,
    conduct: { faults: 0.05 },
    allows: allowed(dialect),
  },
  {
    name: `${dialect}: 20 % of all requests are faulted`,
    dialect,
    conduct: { faults: 0.2 },
    allows: allowed(dialect),
  },
]);

/** A version proves what became of every batch, so nothing need be left undone. */
function allowed(dialect: ElementDialect): readonly ('unknown' | 'notDone')[] {
  return dialect === 'axapi' ? ['unknown'] : ['unknown', 'notDone'];
}

/** Of aXAPI alone: elsewhere a 204 is what a DELETE gets. */
export const axapiModes: readonly ElementMode[] = [
  {
    name: 'axapi: a DELETE that does nothing gets 204',
    dialect: 'axapi',
    conduct: { idleDeletes: 0.2 },
    allows: ['unknown'],
  },
  {
    name: 'axapi: answers are lost, with onError rollback',
    dialect: 'axapi',
    conduct: { lost: 0.5 },
    onError: 'rollback',
    // What comes after an action that is unknown is not begun.
    allows: ['unknown', 'notDone'],
  },
];
