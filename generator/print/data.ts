import { propertyName, quote, WIDTH } from './text.ts';

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
    const head = `${space}${propertyName(name)}: `;
    return `${head}${data(member, indent + 2, head.length)},\n`;
  });
  return `{\n${lines.join('')}${' '.repeat(indent)}}`;
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
