// @ts-nocheck
import type { AccountFlags } from '../access/settings.js';
import type { Format } from '../output/print-rows.js';
import type { ApprovalFlags } from '../run/approve.js';
import { durationOf } from '../terminal/duration.js';
import { CommandError } from '../terminal/exit-code.js';

/** The options of all commands below `fleet`. */
export interface FleetFlags extends AccountFlags {
  readonly schema?: string;
}

export interface SubmitFlags extends FleetFlags, ApprovalFlags {
  readonly unit?: string;
  readonly onError?: string;
  readonly concurrency?: number;
  readonly capture?: boolean;
  readonly startAfter?: Date;
  readonly priority?: number;
  readonly key?: string;
}

export interface WorkFlags extends FleetFlags {
  readonly organizations?: number;
  readonly address?: string;
  readonly name?: string;
  readonly slice?: number;
}

export interface StatusFlags extends FleetFlags {
  readonly watch?: boolean;
  readonly output?: Format;
}

/** A time such as `2026-08-01T02:00Z`: without a zone it would depend on the machine. */
export function timeOf(text: string): Date {
  const time = new Date(text);
  const hasZone = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(text);
  if (hasZone && !Number.isNaN(time.getTime())) return time;
  throw new CommandError('--start-after must be a time with its zone, such as 2026-08-01T02:00Z.');
}

export function wholeOf(text: string): number {
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  throw new CommandError('--priority must be a whole number.');
}

export function countOf(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new CommandError(`${text} must be a whole number above 0, and 9,999 at most.`);
}

export function sliceOf(text: string): number {
  return durationOf(text, '--slice');
}
