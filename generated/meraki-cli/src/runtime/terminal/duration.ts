// @ts-nocheck
import { CommandError } from './exit-code.js';

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** A time such as `90s`, `10m` or `2h`, in milliseconds. */
export function durationOf(text: string, option: string): number {
  const [, amount = '', unit = ''] = /^([1-9]\d{0,5})([smh])$/.exec(text) ?? [];
  const ms = Number(amount) * (units[unit] ?? 0);
  if (ms > 0) return ms;
  throw new CommandError(`${option} ${text} must be a time such as 90s, 10m or 2h.`);
}
