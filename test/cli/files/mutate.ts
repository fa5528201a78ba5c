import type { Random } from '../../simulators/random.ts';

const csvPieces = [
  ',',
  ';',
  '\t',
  '"',
  '""',
  '\n',
  '\r\n',
  '\r',
  ' ',
  '\0',
  '\uFEFF',
  '\u2028',
  'é',
  '😀',
  '=1+1',
  '../',
  '%2f',
  '?',
  '#',
  'null',
  '[]',
  '{}',
  '1e999',
  '-0',
  '00',
  'true',
  '__proto__',
  "'",
];
const jsonPieces = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '"',
  '\\',
  '\\u0000',
  '\\ud800',
  '\n',
  '\r\n',
  '\r',
  '\u2028',
  'null',
  '1e999',
  '-',
  '0',
  'true',
  '"__proto__":1,',
  '"constructor":{},',
  ' ',
  '\t',
  '\uFEFF',
  'é',
  '😀',
];

/** A text with a few of its letters replaced, doubled, moved or taken away. */
export function mutated(text: string, kind: 'csv' | 'jsonl', random: Random): string {
  const pieces = kind === 'csv' ? csvPieces : jsonPieces;
  let result = text;
  const times = 1 + Math.floor(random() * 4);
  for (let time = 0; time < times; time++) {
    const at = Math.floor(random() * (result.length + 1));
    const to = Math.min(result.length, at + Math.floor(random() * 4));
    const piece = pieces[Math.floor(random() * pieces.length)] ?? '';
    const act = Math.floor(random() * 4);
    if (act === 0) result = result.slice(0, at) + piece + result.slice(at);
    else if (act === 1) result = result.slice(0, at) + result.slice(to);
    else if (act === 2) result = result.slice(0, at) + piece + result.slice(to);
    else result = result.slice(0, to) + result.slice(at);
  }
  return result;
}
