/** What a CSV file says, read letter by letter after RFC 4180, or that it cannot be read. */
export type ReferenceCsv = { readonly rows: readonly (readonly string[])[] } | undefined;

/** The rows of a text, the head among them; records are not empty lines. */
export function referenceCsv(text: string): ReferenceCsv {
  if (text.includes('\0')) return undefined;
  const start = text.replace(/^\uFEFF{1,2}/, '');
  const separator = /^sep=([^\r\n"])\r?\n/.exec(start);
  const body = separator ? start.slice(separator[0].length) : start;
  const delimiter = separator?.[1] ?? delimiterOf(body);
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const endRow = (cell: string, isQuoted: boolean): void => {
    const isEmptyLine = row.length === 0 && cell === '' && !isQuoted;
    if (!isEmptyLine) rows.push([...row, cell]);
    row = [];
  };
  while (at < body.length) {
    let cell = '';
    const isQuoted = body[at] === '"';
    if (isQuoted) {
      at += 1;
      for (;;) {
        const close = body.indexOf('"', at);
        if (close < 0) return undefined;
        cell += body.slice(at, close);
        at = close + 1;
        if (body[at] !== '"') break;
        cell += '"';
        at += 1;
      }
    } else {
      while (at < body.length && body[at] !== delimiter && body[at] !== '\n' && body[at] !== '\r') {
        if (body[at] === '"') return undefined;
        cell += body[at];
        at += 1;
      }
    }
    const next = body[at];
    if (next === delimiter) {
      row.push(cell);
      at += 1;
      if (at >= body.length) endRow('', false);
    } else if (next === undefined) endRow(cell, isQuoted);
    else if (next === '\n' || next === '\r') {
      endRow(cell, isQuoted);
      at += next === '\r' && body[at + 1] === '\n' ? 2 : 1;
    } else return undefined;
  }
  return { rows };
}

function delimiterOf(body: string): string {
  const head = /^(?:"[^"]*"|[^"\r\n])*/.exec(body)?.[0].replaceAll(/"[^"]*"/g, '') ?? '';
  const counts = [',', ';', '\t'].map((each) => [each, head.split(each).length] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}
