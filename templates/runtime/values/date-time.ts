/** A date and a time of RFC 3339, in its parts. */
const DATE_TIME = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:)(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/**
 * A text of RFC 3339 as ECMAScript reads it; undefined where it is none. A leap second is read as the
 * second before it.
 */
export function dateTimeText(text: unknown): string | undefined {
  const [, day, time, second = '', fraction = '', zone = ''] =
    typeof text === 'string' ? (DATE_TIME.exec(text) ?? []) : [];
  if (day === undefined) return undefined;
  return `${day}T${time}${second === '60' ? '59' : second}${fraction}${zone.toUpperCase()}`;
}

/**
 * Makes a value write itself in JSON as it came, with its offset and all its digits, as long as it is
 * what it was.
 */
export function keepText<T extends object>(value: T, text: string, isSame: () => boolean): T {
  const { toJSON } = value as { readonly toJSON?: () => unknown };
  return Object.defineProperty(value, 'toJSON', {
    value: (): unknown => (isSame() ? text : toJSON?.call(value)),
  });
}
