import { matching } from './matching.js';
import { between, oneOf, type Random } from './random.js';
import type { Demands } from './shape.js';

const words = [
  'amber',
  'birch',
  'cedar',
  'delta',
  'ember',
  'fjord',
  'grove',
  'haven',
  'inlet',
  'juniper',
  'kestrel',
  'lagoon',
  'maple',
  'north',
  'ochre',
  'pine',
  'quartz',
  'river',
  'sable',
  'tundra',
] as const;

const two = (number: number): string => String(number).padStart(2, '0');

const day = (random: Random): string =>
  `${between(random, 2020, 2026)}-${two(between(random, 1, 12))}-${two(between(random, 1, 28))}`;

const time = (random: Random): string =>
  `${two(between(random, 0, 23))}:${two(between(random, 0, 59))}:${two(between(random, 0, 59))}Z`;

const hex = (random: Random, length: number): string =>
  Array.from({ length }, () => between(random, 0, 15).toString(16)).join('');

const host = (random: Random): string =>
  `${oneOf(random, words)}-${between(random, 1, 99)}.example`;

/** Texts by their format (JSON Schema 2020-12, validation 7.3); any other format is an annotation. */
const formats: Readonly<Record<string, (random: Random) => string>> = {
  date: day,
  'date-time': (random) => `${day(random)}T${time(random)}`,
  time,
  duration: (random) => `P${between(random, 1, 30)}D`,
  email: (random) => `${oneOf(random, words)}@${host(random)}`,
  'idn-email': (random) => `${oneOf(random, words)}@${host(random)}`,
  hostname: host,
  'idn-hostname': host,
  ipv4: (random) => `192.0.2.${between(random, 1, 254)}`,
  ipv6: (random) => `2001:db8::${between(random, 1, 9999)}`,
  uri: (random) => `https://${host(random)}/${oneOf(random, words)}`,
  url: (random) => `https://${host(random)}/${oneOf(random, words)}`,
  iri: (random) => `https://${host(random)}/${oneOf(random, words)}`,
  'uri-reference': (random) => `/${oneOf(random, words)}`,
  'iri-reference': (random) => `/${oneOf(random, words)}`,
  'uri-template': (random) => `/${oneOf(random, words)}`,
  'json-pointer': (random) => `/${oneOf(random, words)}`,
  'json-pointer-uri-fragment': (random) => `#/${oneOf(random, words)}`,
  'relative-json-pointer': () => '0',
  regex: () => '^a$',
  uuid: (random) =>
    `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}`,
  byte: (random) => btoa(oneOf(random, words)),
};

/** A text as its schema wants it, as far as that can be made. */
export function text(random: Random, demands: Demands): string {
  const { format = '', pattern, contentEncoding, minLength = 0, maxLength } = demands;
  if (pattern !== undefined) {
    const made = matching(pattern, random, minLength, maxLength);
    if (made !== undefined) return made;
  }
  const make = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (make) return make(random);
  if (contentEncoding === 'base64') return btoa(oneOf(random, words));
  let made = `${oneOf(random, words)}-${between(random, 1, 9_999)}`;
  while (made.length < minLength && made.length < 100_000) made += `-${oneOf(random, words)}`;
  if (made.length < minLength) made = made.padEnd(minLength, 'x');
  const end = made.slice(0, Math.min(maxLength ?? Infinity, Math.max(minLength, made.length)));
  return maxLength === undefined ? end : end.slice(0, maxLength);
}
