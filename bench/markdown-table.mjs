/**
 * A table in Markdown; numbers stand to the right.
 * @param {readonly string[]} heads
 * @param {readonly (readonly string[])[]} rows
 */
export function markdownTable(heads, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [
    line(heads),
    line(heads.map((_, column) => (column === 0 ? '---' : '--:'))),
    ...rows.map(line),
  ].join('\n');
}
