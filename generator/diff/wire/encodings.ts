import { objectOf } from '../../json/narrow.ts';
import { child, members, type Node, resolve } from '../node.ts';
import { conjunctionOf, keyword, subschema } from '../schema/conjunction.ts';
import { shapeOf } from '../schema/shape.ts';
import { at, say, type Walk } from './walk.ts';
import type { Direction } from '../schema/severity.ts';

/** Compares how the parts of a form are written. */
export function compareEncodings(walk: Walk, direction: Direction, old: Node, now: Node): void {
  const before = child(old, 'encoding');
  const after = child(now, 'encoding');
  const names = new Set([...members(before), ...members(after)].map(({ key }) => key));
  for (const name of names) {
    const from = before && child(before, name);
    const to = after && child(after, name);
    const was = meaningOf(from, old, name);
    const is = meaningOf(to, now, name);
    const same =
      was.writing === is.writing &&
      headersPass(from, to) &&
      [...was.types].every((type) => is.types.has(type));
    if (same && (direction === 'request' || was.types.size === is.types.size)) continue;
    const rule = direction === 'request' ? 'request-encoding-changed' : 'response-encoding-changed';
    say(at(walk, `part \`${name}\``), rule, 'is written otherwise', from ?? old, to ?? now);
  }
}

/** Whether a part with the old headers still is as it should be. */
function headersPass(old: Node | undefined, now: Node | undefined): boolean {
  const before = headersOf(old);
  const after = headersOf(now);
  const isRequired = (header: Node | undefined): boolean =>
    header !== undefined && child(header, 'required')?.value === true;
  return (
    [...before.keys()].every((name) => after.has(name)) &&
    [...after].every(([name, header]) => !isRequired(header) || isRequired(before.get(name)))
  );
}

function headersOf(encoding: Node | undefined): ReadonlyMap<string, Node> {
  const headers = members(encoding && child(encoding, 'headers'));
  return new Map(headers.map((node) => [node.key.toLowerCase(), resolve(node)]));
}

interface Meaning {
  readonly types: ReadonlySet<string>;
  readonly writing: string;
}

/** What an encoding says, with what it leaves out. */
function meaningOf(encoding: Node | undefined, media: Node, name: string): Meaning {
  const { contentType, style, explode, allowReserved } = objectOf(encoding?.value);
  const said = typeof style === 'string' ? style : 'form';
  const exploded = typeof explode === 'boolean' ? explode : said === 'form';
  const types =
    typeof contentType === 'string' ? contentType.split(',') : [impliedType(media, name)];
  return {
    types: new Set(types.map((type) => type.trim().toLowerCase())),
    writing: `${said} ${exploded} ${allowReserved === true}`,
  };
}

/** The media type of a part that names none: https://spec.openapis.org/oas/v3.1.1#encoding-content-type */
function impliedType(media: Node, name: string): string {
  const schema = child(media, 'schema');
  const holder =
    schema && keyword(conjunctionOf(schema), 'properties').findLast((each) => child(each, name));
  const property = holder && child(holder, name);
  if (!property) return 'application/octet-stream';
  const schemas = conjunctionOf(property);
  const shape = shapeOf(subschema(schemas, 'items') ?? schemas);
  if (shape.has('object') || shape.has('array')) return 'application/json';
  const isBinary = keyword(schemas, 'format').some(({ value }) => value === 'binary');
  return isBinary ? 'application/octet-stream' : 'text/plain';
}
