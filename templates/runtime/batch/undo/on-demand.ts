import type { Items } from '../action/types.js';
import type { Plan } from '../plan/units.js';
import type { Preview } from '../preview/preview.js';
import type { Preflight } from '../run/guard-maker.js';
import type { Engine, SessionOptions } from '../run/session.js';
import type { SafeBatch } from './safe-batch.js';

type Signal = Pick<SessionOptions, 'signal'>;

/** What most runs do without, loaded when something asks for it. */
export interface OnDemand {
  preview(plan: Plan, options: Signal): Promise<Preview<Items>>;
  readonly preflight: (options: Signal) => Preflight;
}

export function onDemand(engine: Engine): OnDemand {
  const load = async (): Promise<SafeBatch> => (await import('./safe-batch.js')).safeBatch;
  return {
    preview: async (plan, options) => (await load()).preview(engine, plan, options, options.signal),
    preflight:
      ({ signal }) =>
      async (plan, settings) => {
        // A preview has steps.
        if (!('steps' in plan) && !settings.safeguards?.requireReversible) return;
        await (await load()).preflight(engine, plan, settings, signal);
      },
  };
}
