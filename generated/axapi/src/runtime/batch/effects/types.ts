// @ts-nocheck
import type { Clock } from '../pace/clock.js';
import type { DialectBase, EffectFacts } from '../protocol/protocol.js';
import type { ReadPath } from './answered.js';

/** What a path shows. */
export type Look =
  | { readonly state: 'there'; readonly members: Readonly<Record<string, unknown>> }
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable'; readonly why: string };

/** What has to be known of a path. */
export interface Want {
  readonly path: string;
  /** Members that have to be seen; all of them where it is `whole`. */
  readonly members: readonly string[];
  readonly whole: boolean;
  /** Whether it is enough to know whether it is there. */
  readonly presence?: boolean | undefined;
}

/** How far what an action does can be taken back. */
export type Reversal =
  | { readonly kind: 'reversible' }
  /** What was destroyed can be made again; the server gives it another id. */
  | { readonly kind: 'newId' }
  /** All but these members: what they were cannot be read. */
  | { readonly kind: 'partly'; readonly members: readonly string[] }
  | { readonly kind: 'irreversible'; readonly why: string };

/** How many actions there are of each kind. */
export type ReversalCounts = Readonly<Record<Reversal['kind'], number>>;

/** What previews and undoing work with. */
export interface EffectSetting {
  readonly dialect: DialectBase;
  readonly facts: EffectFacts;
  readonly read: ReadPath;
  readonly scope: Readonly<Record<string, string>>;
  readonly clock: Clock;
}
