import { propertyName, quote } from './text.ts';
import { WIDTH } from './width.ts';

/**
 * JSON and regular expressions as TypeScript, laid out as prettier does: an object's members one a line, a
 * list on one line where it fits. Members that are `undefined` are left out.
 *
 * @param column Where the first line begins.
 */
export function data(value: unknown, indent: number, column: number): string {
  if (value instanceof RegExp) return String(value);
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return list(value, indent, column);
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (members.length === 0) return '{}';
  const space = ' '.repeat(indent + 2);
  const lines = members.map(([name, member]) => {
    const head = `${space}${propertyName(name)}:`;
    const text = data(member, indent + 2, head.length + 1);
    const end = text.indexOf('\n');
    const fits = head.length + 1 + (end < 0 ? text.length + 1 : end) <= WIDTH;
    if (fits || isInseparable(name, member)) return `${head} ${text},\n`;
    return `${head}\n${space}  ${data(member, indent + 4, indent + 4)},\n`;
  });
  return `{\n${lines.join('')}${' '.repeat(indent)}}`;
}

/** Prettier never puts a number, a boolean, or the value of a short name on a line of its own. */
function isInseparable(name: string, value: unknown): boolean {
  return propertyName(name).length < 5 || typeof value === 'number' || typeof value === 'boolean';
}

function list(value: readonly unknown[], indent: number, column: number): string {
  const space = ' '.repeat(indent + 2);
  const inline = value.map((item) => data(item, indent, 0));
  const line = `[${inline.join(', ')}]`;
  // Lists of longer lists are broken even where they would fit.
  const isTable = value.length > 1 && value.every((item) => Array.isArray(item) && item.length > 1);
  if (!line.includes('\n') && !isTable && column + line.length + 1 <= WIDTH) return line;
  const items = value.map((item) => `${space}${data(item, indent + 2, indent + 2)},\n`);
  return `[\n${items.join('')}${' '.repeat(indent)}]`;
}
