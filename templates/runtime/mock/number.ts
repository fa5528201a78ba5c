import { isMultiple } from '../schema/tests.js';
import { between, type Random } from './random.js';
import type { Demands } from './shape.js';

const ATTEMPTS = 40;

/** A number as its schema wants it, if that can be made. */
export function numberOf(random: Random, demands: Demands): number {
  const { integer, multipleOf, exclusiveMinimum, exclusiveMaximum } = demands;
  const step = multipleOf ?? (integer ? 1 : 0.5);
  const low = Math.max(demands.minimum ?? -Infinity, exclusiveMinimum ?? -Infinity);
  const high = Math.min(demands.maximum ?? Infinity, exclusiveMaximum ?? Infinity);
  const least = low === -Infinity ? Math.min(1, high) : low;
  const most = Math.min(high, least + 100 * step);
  const from = Math.ceil(least / step);
  const to = Math.floor(most / step);
  const fits = (value: number): boolean =>
    value >= (demands.minimum ?? -Infinity) &&
    value <= (demands.maximum ?? Infinity) &&
    value > (exclusiveMinimum ?? -Infinity) &&
    value < (exclusiveMaximum ?? Infinity) &&
    (!integer || Number.isInteger(value)) &&
    (multipleOf === undefined || isMultiple(value, multipleOf));
  for (let tries = 0; tries < ATTEMPTS; tries += 1) {
    const value = between(random, from, to) * step;
    // 3 * 0.1 is not 0.3.
    const rounded = Number(value.toPrecision(12));
    // To many validators 0.3 is no multiple of 0.1, as 0.3 / 0.1 is not 3.
    const isPlain = (one: number): boolean =>
      multipleOf === undefined || Number.isInteger(one / multipleOf) || tries > ATTEMPTS / 2;
    const found = [rounded, value].find((one) => fits(one) && isPlain(one));
    if (found !== undefined) return found;
  }
  const middle = (Math.max(low, -1e300) + Math.min(high, 1e300)) / 2;
  return [low, high, middle, 0].find((one) => Number.isFinite(one) && fits(one)) ?? 0;
}
