import { usualVerb, wordsOf } from './runtime/row-names.js';

/** An operation of a group, as the client object needs it. */
export interface TextRow {
  /** The function's name. */
  readonly name: string;
  readonly id: string;
  /** `PUT /things/{id}?dryRun&tags[]=tags {body} as update`. */
  readonly call: string;
  /** Which of the facts it has, from 1. */
  readonly fact?: number | undefined;
}

/** Whether an operationId has a place in the text. */
export function fitsText(id: string): boolean {
  return /^\S+$/.test(id);
}

/**
 * The lines of a group's operations. `templates/runtime/rows.ts` describes and reads them: what follows from
 * the method, the path and the line above is left out.
 */
export function rowLines(rows: readonly TextRow[]): readonly string[] {
  let above: readonly string[] = [];
  return rows.map((row) => {
    const [, method = '', template = '', pairs, body, verb] =
      /^(\S+) ([^ ?]*)(?:\?(\S*))?(?: {(\S+)})?(?: as (\S+))?$/.exec(row.call) ?? [];
    const segments = template.split(/(?=\/)/);
    const shared = sharedBy(segments, above);
    above = segments;
    const name = shortName(row.name, wordsOf(method, segments), usualVerb(method));
    const id = row.id === row.name || !fitsText(row.id) ? '' : `=${row.id}`;
    return [
      name + id === '' ? '' : `${name}${id}: `,
      `${method} ${shared || ''}${segments.slice(shared).join('')}`,
      pairs === undefined ? '' : `?${pairs.split('&').map(shortPair).join('&')}`,
      body === undefined ? '' : ` {${body}}`,
      row.fact === undefined ? '' : ` #${row.fact}`,
      verb === undefined ? '' : ` as ${verb}`,
    ].join('');
  });
}

/** How many segments a path has from the line above. Its last one stands in each line, for those who read it. */
function sharedBy(segments: readonly string[], above: readonly string[]): number {
  const own = segments.slice(0, -1);
  const end = own.findIndex((segment, index) => segment !== above[index]);
  return end < 0 ? own.length : end;
}

function shortName(name: string, words: string, usual: string | undefined): string {
  if (words === '' || !name.endsWith(words)) return name;
  const verb = name.slice(0, -words.length);
  if (verb === usual) return '';
  return verb === '' ? name : `${verb}*`;
}

function shortPair(pair: string): string {
  const [name = '', key = name] = pair.split('=');
  return key === name.replace(/\[]$/, '') ? name : `${name}=${key}`;
}
