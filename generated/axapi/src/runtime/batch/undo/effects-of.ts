import { readPaths } from '../effects/read-paths.js';
import type { EffectSetting } from '../effects/types.js';
import type { EffectFacts } from '../protocol/protocol.js';
import type { Engine } from '../run/session.js';

const nothing: EffectFacts = { resources: {}, verbs: {} };

/** What previews and undoing work with, for runs of this engine. */
export async function settingOf(
  { client, limiter, dialect, clock }: Engine,
  scope: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<EffectSetting> {
  const facts = (await dialect.effects?.()) ?? nothing;
  const within = dialect.wire === 'request' ? (dialect.references.within ?? []) : [];
  return { dialect, facts, read: readPaths({ client, limiter }, within, signal), scope, clock };
}
