import { WIDTH } from './width.ts';

/** JSON as prettier lays it out: an object's members one a line, an array on one line where it fits. */
export function jsonText(value: unknown): string {
  return `${print(value, 0, 0)}\n`;
}

function print(value: unknown, indent: number, column: number): string {
  if (Array.isArray(value)) return array(value, indent, column);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (members.length === 0) return '{}';
  const space = ' '.repeat(indent + 2);
  const lines = members.map(([name, member]) => {
    const key = `${space}${JSON.stringify(name)}: `;
    return key + print(member, indent + 2, key.length);
  });
  return `{\n${lines.join(',\n')}\n${' '.repeat(indent)}}`;
}

function array(value: readonly unknown[], indent: number, column: number): string {
  if (value.every((item) => typeof item !== 'object')) {
    const line = `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
    if (column + line.length + 1 <= WIDTH) return line;
  }
  const space = ' '.repeat(indent + 2);
  return `[\n${value.map((item) => space + print(item, indent + 2, indent + 2)).join(',\n')}\n${' '.repeat(indent)}]`;
}
