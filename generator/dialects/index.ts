import { axapi } from './axapi.ts';
import type { Dialect } from './dialect.ts';
import { graph } from './graph.ts';
import { journyx } from './journyx.ts';
import { meraki } from './meraki.ts';

/** The dialects that come with batchwright, by name. */
export const dialects: ReadonlyMap<string, Dialect> = new Map(
  [meraki, axapi, journyx, graph].map((dialect) => [dialect.name, dialect]),
);
