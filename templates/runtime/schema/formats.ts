/** The formats that are checked; any other is an annotation (JSON Schema 2020-12, validation 7). */
export const formats: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['date', isDate],
  ['date-time', isDateTime],
  ['email', (text) => /^[^\s@"(),:;<>[\\\]]{1,64}@[^\s@.]+(?:\.[^\s@.]+)*$/.test(text)],
  ['ipv4', isIpv4],
  ['ipv6', isIpv6],
  ['uri', (text) => /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]*$/i.test(text)],
  ['uuid', (text) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)],
]);

/** A date of RFC 3339: the day exists. */
function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day);
}

/** A date and a time of RFC 3339, leap seconds included. */
function isDateTime(text: string): boolean {
  const [, date = '', hour, minute, second, zone = ''] =
    /^(\d{4}-\d\d-\d\d)[t ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(z|[+-]\d\d:\d\d)$/i.exec(text) ?? [];
  const [, zoneHour = 0, zoneMinute = 0] = /^[+-](\d\d):(\d\d)$/.exec(zone) ?? [];
  return (
    isDate(date) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 61 &&
    Number(zoneHour) < 24 &&
    Number(zoneMinute) < 60
  );
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 &&
    parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  );
}

/** RFC 4291, 2.2: eight groups, one run of zeros left out, the last two groups as an IPv4 address. */
function isIpv6(text: string): boolean {
  const [head = '', tail, more] = text.split('::');
  if (more !== undefined) return false;
  const groups = [head, ...(tail === undefined ? [] : [tail])].flatMap((part) =>
    part === '' ? [] : part.split(':'),
  );
  const last = groups.at(-1);
  const hasIpv4 = last?.includes('.') === true;
  if (hasIpv4 && !isIpv4(last)) return false;
  const plain = hasIpv4 ? groups.slice(0, -1) : groups;
  const count = plain.length + (hasIpv4 ? 2 : 0);
  return (
    plain.every((group) => /^[\da-f]{1,4}$/i.test(group)) &&
    (tail === undefined ? count === 8 : count < 8)
  );
}
