/** A record, and whether a quote of it is where RFC 4180 has none: such a quote is a letter here. */
export interface ReferenceRecord {
  readonly cells: readonly string[];
  readonly isFaulty: boolean;
}

/** The records of a text, read letter by letter after RFC 4180, the head among them; empty lines are none. */
export function referenceCsv(text: string): readonly ReferenceRecord[] | undefined {
  if (text.includes('\0')) return undefined;
  const start = text.replace(/^\uFEFF{1,2}/, '');
  const separator = /^sep=([^\r\n"])\r?\n/.exec(start);
  const body = separator ? start.slice(separator[0].length) : start;
  const delimiter = separator?.[1] ?? delimiterOf(body);
  const records: ReferenceRecord[] = [];
  let cells: string[] = [];
  let isFaulty = false;
  let at = 0;
  const endsCell = (): boolean =>
    at >= body.length || body[at] === delimiter || body[at] === '\n' || body[at] === '\r';
  while (at < body.length) {
    let cell = '';
    const isQuoted = body[at] === '"';
    if (isQuoted) {
      at += 1;
      for (;;) {
        const close = body.indexOf('"', at);
        if (close < 0) isFaulty = true;
        cell += body.slice(at, close < 0 ? body.length : close);
        at = close < 0 ? body.length : close + 1;
        if (body[at] !== '"') break;
        cell += '"';
        at += 1;
      }
      if (!endsCell()) isFaulty = true;
    }
    while (!endsCell()) {
      if (body[at] === '"') isFaulty = true;
      cell += body[at];
      at += 1;
    }
    cells.push(cell);
    if (body[at] === delimiter) {
      at += 1;
      if (at < body.length) continue;
      cells.push('');
    }
    const isEmptyLine = cells.length === 1 && cell === '' && !isQuoted;
    if (!isEmptyLine) records.push({ cells, isFaulty });
    cells = [];
    isFaulty = false;
    at += body[at] === '\r' && body[at + 1] === '\n' ? 2 : 1;
  }
  return records;
}

function delimiterOf(body: string): string {
  const head = /^(?:"[^"]*"|[^"\r\n])*/.exec(body)?.[0].replaceAll(/"[^"]*"/g, '') ?? '';
  const counts = [',', ';', '\t'].map((each) => [each, head.split(each).length] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}
