import { isObject } from '../../json/narrow.ts';
import { child, members, type Node, resolve } from '../node.ts';
import { type Conjunction, conjunctionOf } from '../schema/conjunction.ts';
import { isAnything } from '../schema/arrays.ts';
import { type Context, report } from '../schema/context.ts';
import { compareEncodings } from './encodings.ts';
import { at, compareTexts, contextOf, say, type Walk } from './walk.ts';
import type { Direction } from '../schema/severity.ts';

/** Parameters that say how the same content is written, or how much it is wanted. */
const writing = new Set(['charset', 'boundary', 'q']);

/**
 * What a media type stands for: `application/json; charset=utf-8` is `application/json`, and
 * `application/json; version=2` is another.
 */
export function essenceOf(mediaType: string): string {
  const [type = '', ...parameters] = mediaType.split(';').map((part) => part.trim());
  const telling = parameters
    .map((parameter) => parameter.replaceAll(/\s*=\s*/g, '='))
    .filter(
      (parameter) => parameter !== '' && !writing.has(parameter.split('=')[0]?.toLowerCase() ?? ''),
    );
  return [type.toLowerCase(), ...telling.toSorted()].join(';');
}

/** Compares what a body may be, media type by media type. */
export function compareContents(
  walk: Walk,
  direction: Direction,
  old: Node | undefined,
  now: Node | undefined,
): void {
  const before = mediaOf(old);
  const after = mediaOf(now);
  const names = {
    gone: `${direction}-media-type-removed`,
    new: `${direction}-media-type-added`,
  } as const;
  for (const [name, from] of before) {
    const to = after.get(name);
    if (to) compareMedia(at(walk, name), direction, name, from, to);
    else if (covered(name, after)) continue;
    else {
      const special = direction === 'response' ? specialOf(name, before, after) : undefined;
      if (special) compareMedia(at(walk, name), direction, name, from, special);
      else say(at(walk, name), names.gone, 'is gone', from, now);
    }
  }
  for (const [name, to] of after)
    if (!before.has(name)) say(at(walk, name), names.new, 'is new', old, to);
}

/**
 * The media type that took the place of a more general one, as `application/problem+json` that of
 * `application/json`: who reads the one reads the other.
 */
function specialOf(
  name: string,
  before: ReadonlyMap<string, Node>,
  after: ReadonlyMap<string, Node>,
): Node | undefined {
  const [type, subtype] = name.split('/');
  const isSpecial = (other: string): boolean =>
    other.startsWith(`${name};`) || (other.startsWith(`${type}/`) && other.endsWith(`+${subtype}`));
  const found = [...after].filter(([other]) => !before.has(other) && isSpecial(other));
  return found.length === 1 ? found[0]?.[1] : undefined;
}

function mediaOf(content: Node | undefined): ReadonlyMap<string, Node> {
  return new Map(members(content).map((node) => [essenceOf(node.key), resolve(node)]));
}

/** Whether a range such as `text/*` takes a media type. */
function covered(name: string, ranges: ReadonlyMap<string, Node>): boolean {
  return ranges.has('*/*') || ranges.has(`${name.split('/')[0]}/*`);
}

function compareMedia(walk: Walk, direction: Direction, name: string, old: Node, now: Node): void {
  if (old === now) return;
  compareTexts(walk, ['example', 'examples'], old, now);
  const context = contextOf(walk, direction, isText(name) ? 'text' : 'json');
  const constrains = isText(name) || isJson(name) ? constraining : beyondBytes;
  compareSchemaOf(context, 'schema', old, now, constrains);
  compareSchemaOf(context, 'itemSchema', old, now, constrains);
  compareEncodings(walk, direction, old, now);
}

function compareSchemaOf(
  context: Context,
  name: string,
  old: Node,
  now: Node,
  constrains: typeof constraining,
): void {
  const from = constrains(child(old, name));
  const to = constrains(child(now, name));
  if (from && to) context.compare(context, from, to);
  else if (to) report(context, 'schema-added', 'has a schema', old, to.at(-1));
  else if (from) report(context, 'schema-removed', 'has no schema any more', from.at(-1), now);
}

function constraining(schema: Node | undefined): Conjunction | undefined {
  const schemas = schema && conjunctionOf(schema);
  return schemas && !isAnything(schemas) ? schemas : undefined;
}

/** Bytes need no schema from OpenAPI 3.1 on, and before it one that says so. */
function beyondBytes(schema: Node | undefined): Conjunction | undefined {
  const schemas = constraining(schema);
  const areBytes = schemas?.every(
    ({ value }) =>
      isObject(value) &&
      Object.entries(value).every(
        ([key, said]) =>
          (key === 'type' && said === 'string') ||
          (key === 'format' && said === 'binary') ||
          key === 'contentMediaType',
      ),
  );
  return areBytes ? undefined : schemas;
}

function isJson(name: string): boolean {
  return /[/+]json$/.test(name) || name.endsWith('/*');
}

/** Whether values are words there, so that a number is one as any other. */
function isText(name: string): boolean {
  return (
    name === 'application/x-www-form-urlencoded' ||
    name.startsWith('multipart/') ||
    name.startsWith('text/') ||
    /[/+]xml$/.test(name)
  );
}
