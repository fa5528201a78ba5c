import type { Convert, LongNumbers } from './convert.js';

/** Digits beyond which a number is no integer of 64 bits, by far: a larger one costs time. */
const MAX_DIGITS = 40;

/** An integer as a `bigint`. */
export const int64: Convert = (value, long) => {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  const text = long && longText(value, long);
  if (text === undefined || !long) return value;
  long.left -= 1;
  return integerOf(text) ?? Number(text);
};

/** The number that a text stands for. */
function longText(value: unknown, { mark }: LongNumbers): string | undefined {
  return typeof value === 'string' && value.startsWith(mark) ? value.slice(mark.length) : undefined;
}

/** The integer that a JSON number is, to the last digit; undefined where it has a fraction. */
function integerOf(text: string): bigint | undefined {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/0+$/, '');
  const zeros = whole.length + Number(power) - digits.length;
  if (digits === '') return 0n;
  if (zeros < 0 || digits.length + zeros > MAX_DIGITS) return undefined;
  return BigInt(sign + digits + '0'.repeat(zeros));
}

/**
 * Parses JSON and converts what it holds. No digit of a long number is lost on the way: JSON itself
 * knows no limit, `JSON.parse` does, and not every platform shows it the text.
 */
export function parsingExactly(convert: Convert): (text: string) => unknown {
  return (text) => {
    if (!/\d{16}|\d[eE]/.test(text)) return convert(JSON.parse(text));
    const long: LongNumbers = { mark: `${crypto.randomUUID()}:`, left: 0 };
    const value = convert(JSON.parse(withMarks(text, long)), long);
    return long.left > 0 ? withNumbers(value, long) : value;
  };
}

/** JSON whose long numbers are texts behind a mark. Texts of its own are skipped, escapes and all. */
function withMarks(text: string, long: LongNumbers): string {
  const token = /"|-?\d[\d.eE+-]*/g;
  let result = '';
  let from = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [number] = found;
    if (number === '"') token.lastIndex = endOfText(text, token.lastIndex);
    else if (isLong(number)) {
      result += `${text.slice(from, found.index)}"${long.mark}${number}"`;
      from = token.lastIndex;
      long.left += 1;
    }
  }
  return result + text.slice(from);
}

/** Whether a number may be another as a JavaScript number; what is no number fails to parse as it is. */
function isLong(number: string): boolean {
  return (
    (number.length > 15 || /[eE]/.test(number)) &&
    /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(number)
  );
}

/** Where the text ends that begins before `start`. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}

/** The value with numbers in place of the texts that stand for them. */
function withNumbers(value: unknown, long: LongNumbers): unknown {
  const text = longText(value, long);
  if (text !== undefined) return Number(text);
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  for (const [name, member] of Object.entries(value))
    if (typeof member === 'object' || typeof member === 'string')
      Object.defineProperty(value, name, {
        value: withNumbers(member, long),
        configurable: true,
        enumerable: true,
        writable: true,
      });
  return value;
}
