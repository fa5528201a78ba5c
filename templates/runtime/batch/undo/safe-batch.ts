import type { Items } from '../action/types.js';
import type { Plan } from '../plan/units.js';
import { createPreview, type Preview } from '../preview/preview.js';
import type { Engine } from '../run/session.js';
import { scopeFor } from '../run/start.js';
import { settingOf } from './effects-of.js';

import { preflight } from './preflight.js';

async function preview<I extends Items>(
  engine: Engine,
  plan: Plan<I>,
  options: object,
  signal: AbortSignal | undefined,
): Promise<Preview<I>> {
  return createPreview(await settingOf(engine, scopeFor(engine, options), signal), plan);
}

/** What a batch object loads when something asks for it: previews, and what takes runs back. */
export interface SafeBatch {
  readonly preview: typeof preview;
  readonly preflight: typeof preflight;
}

export const safeBatch: SafeBatch = { preview, preflight };
