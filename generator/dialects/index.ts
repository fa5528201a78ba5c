import type { Dialect } from './dialect.ts';
import { meraki } from './meraki.ts';

/** The dialects that come with batchwright, by name. */
export const dialects: ReadonlyMap<string, Dialect> = new Map(
  [meraki].map((dialect) => [dialect.name, dialect]),
);
