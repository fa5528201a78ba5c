// @ts-nocheck
import type { Strategy } from '../../pages/strategy.js';
import { readPaths } from '../effects/read-paths.js';
import { blank, fits } from '../effects/resources.js';
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
  const pagesOf = pagesIn(facts.pages?.() ?? {});
  const read = readPaths({ client, limiter }, { within, pagesOf }, signal);
  return { dialect, facts, read, scope, clock };
}

/** Finds how the list at a path leads from page to page. */
function pagesIn(
  pages: Readonly<Record<string, Strategy>>,
): (path: string) => Strategy | undefined {
  const routes = Object.entries(pages).map(([route, one]) => [blank(route), one] as const);
  return (path) => routes.find(([route]) => fits(route, path))?.[1];
}
