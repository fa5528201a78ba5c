// @ts-nocheck
import type { VerbFact, VerbFacts } from '../protocol/protocol.js';

/** What is known of a verb. */
export function verbFact(verbs: VerbFacts, verb: string): VerbFact | undefined {
  return Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
}
