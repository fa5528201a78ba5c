// @ts-nocheck
import { isObject, own } from './members.js';

/** A text that a server cuts is so long at least. */
const leastCut = 16;
/** A number with more digits is not one that can be compared as such. */
const mostDigits = 15;

/**
 * Whether a server may show what was sent like this: servers change the case of texts and of MAC addresses,
 * spaces, the order of lists, numbers and times as text, and the ends of long texts; and they add members.
 */
export function resembles(sent: unknown, shown: unknown): boolean {
  if (isEmpty(sent) && isEmpty(shown)) return true;
  if (typeof sent === 'string' && typeof shown === 'string') {
    return canonical(sent) === canonical(shown) || isCut(sent, shown);
  }
  if (Array.isArray(sent) && Array.isArray(shown)) return sameSet(sent, shown);
  if (isObject(sent) && isObject(shown)) {
    return Object.entries(sent).every(([name, value]) => resembles(value, own(shown, name)));
  }
  return isScalar(sent) && isScalar(shown) && canonical(sent) === canonical(shown);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' && value !== undefined;
}

function isCut(sent: string, shown: string): boolean {
  return shown.length >= leastCut && sent.startsWith(shown);
}

function sameSet(sent: readonly unknown[], shown: readonly unknown[]): boolean {
  const names = new Set(sent.filter(isObject).flatMap((item) => Object.keys(item)));
  const textsOf = (list: readonly unknown[]): ReadonlySet<string> =>
    new Set(list.map((item) => canonical(isObject(item) ? only(item, names) : item)));
  const [wanted, found] = [textsOf(sent), textsOf(shown)];
  return wanted.size === found.size && [...wanted].every((text) => found.has(text));
}

function only(item: object, names: ReadonlySet<string>): object {
  return Object.fromEntries([...names].map((name) => [name, own(item, name)]));
}

/** A text that is the same for values that a server may take for the same. */
function canonical(value: unknown): string {
  if (isEmpty(value)) return '';
  if (Array.isArray(value)) {
    const texts = value.map(canonical);
    texts.sort();
    return JSON.stringify(texts);
  }
  if (isObject(value)) {
    const members = Object.entries(value).flatMap(([name, inner]) =>
      isEmpty(inner) ? [] : [[name, canonical(inner)]],
    );
    members.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
    return JSON.stringify(members);
  }
  return canonicalText(String(value));
}

function canonicalText(given: string): string {
  const text = given.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
  if (/^[-+]?\d+(?:\.\d+)?$/.test(text) && text.length <= mostDigits) return String(Number(text));
  const digits = text.replaceAll(/[-.:]/g, '');
  if (/^[\da-f]{12}$/.test(digits) && text.length > digits.length) return digits;
  if (/^\d{4}-\d\d-\d\dt[\d:.]+(?:z|[-+]\d\d:?\d\d)$/.test(text)) return String(Date.parse(text));
  if (/^(?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/.test(text)) return networkOf(text);
  if (/^[\da-f:]+:[\da-f:.]*$/.test(text)) return urlOf(`http://[${text}]/`) ?? text;
  if (/^https?:\/\//.test(text)) return urlOf(text)?.replace(/\/$/, '') ?? text;
  return text;
}

function urlOf(text: string): string | undefined {
  return URL.canParse(text) ? new URL(text).href : undefined;
}

/** The network of an IPv4 address with the length of its prefix. */
function networkOf(text: string): string {
  const [address = '', length = ''] = text.split('/');
  const bits = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Math.min(32, Number(length)));
  return `${Math.floor(bits / size)}/${Number(length)}`;
}
