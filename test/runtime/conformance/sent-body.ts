import type { Sent } from './loopback.ts';

const BOUNDARY = /; boundary="?([^";]+)"?/;

/**
 * A body as the tables write it, without the charset of forms: its text, with its type in front where that is not the declared
 * one; of several parts `name (type)=text`, one after the other.
 */
export function sentBody({ headers, body }: Sent, declared = ''): string {
  const type = `${headers['content-type'] ?? ''}`;
  const [, boundary] = BOUNDARY.exec(type) ?? [];
  const plain = type.replace(BOUNDARY, '').replace(/;charset=UTF-8$/, '');
  const text = boundary === undefined ? body.toString() : partsOf(body.toString(), boundary);
  return plain === declared || type === '' ? text : `${plain}: ${text}`;
}

function partsOf(text: string, boundary: string): string {
  return text
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const [, head = '', content = ''] = /^\r\n([^]*?)(?:^|\r\n)\r\n([^]*)\r\n$/m.exec(part) ?? [];
      const facts = head.split('\r\n').flatMap((line) => {
        const [, name] = /(?:; name="|^Content-ID: <)([^">]*)/.exec(line) ?? [];
        const [, filename] = /; filename="([^"]*)"/.exec(line) ?? [];
        const [, type] = /^Content-Type: (.*)$/.exec(line) ?? [];
        const [, other] = /^(X-.*)$/.exec(line) ?? [];
        return [{ name, notes: [type, filename && `"${filename}"`, other] }];
      });
      const name = facts.map((fact) => fact.name ?? '').join('');
      const notes = facts.flatMap((fact) => fact.notes).filter((note) => note !== undefined);
      return `${name}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}=${content}`;
    })
    .join(' · ');
}
