import type { Convert } from './convert.js';
import { dateTimeText, keepText } from './date-time.js';

/** A `date-time` as a `Date`, which JSON writes as it came: a `Date` itself has milliseconds and UTC. */
export const date: Convert = (value) => {
  const text = dateTimeText(value);
  if (text === undefined) return value;
  // Not all platforms read more digits than they keep.
  const made = new Date(text.replace(/(\.\d{3})\d+/, '$1'));
  const time = made.getTime();
  // The pattern lets a month 13 through.
  if (Number.isNaN(time)) return value;
  return keepText(made, String(value), () => made.getTime() === time);
};
