import { isObject, type JsonObject, listOf, textOf } from '../json/narrow.ts';
import { joinKeys, keysOf, pointer, pointerOfFragment, valueAt } from '../json/pointer.ts';

/** What swagger-parser objects to in a document. */
export interface Objection {
  readonly message: string;
  /** Where it stands; absent where swagger-parser does not say. */
  readonly pointer?: string | undefined;
  /** The things that do not fit as a whole: the one that it is in, and the references to that. */
  readonly around: readonly string[];
}

/** What swagger-parser says of a document: it can have a reason to say nothing. */
export type SecondOpinion =
  | { readonly verdict: 'accepts' }
  | { readonly verdict: 'objects'; readonly objections: readonly Objection[] }
  | { readonly verdict: 'abstains'; readonly reason: string };

/**
 * Has swagger-parser, which reads documents in its own way, validate one. It is given a value, and
 * opens no file and no connection; references to other files are left to the loader.
 */
export async function secondOpinion(document: unknown): Promise<SecondOpinion> {
  if (!isObject(document)) return { verdict: 'abstains', reason: 'the document is no object' };
  const { default: swaggerParser } = await import('@apidevtools/swagger-parser');
  const copy = structuredClone(document);
  try {
    // It checks for itself that the value is a document.
    await swaggerParser.validate(copy as never, { resolve: { external: false } });
    return { verdict: 'accepts' };
  } catch (error) {
    return opinionOf(error, document);
  }
}

function opinionOf(error: unknown, document: JsonObject): SecondOpinion {
  const message = error instanceof Error ? error.message : String(error);
  const unsupported = /^Unsupported OpenAPI version: (\S+)/.exec(message)?.[1];
  if (unsupported !== undefined) {
    return {
      verdict: 'abstains',
      reason: `it does not read OpenAPI ${unsupported.replace(/\.$/, '')}`,
    };
  }
  if (error instanceof RangeError || error instanceof TypeError) {
    return { verdict: 'abstains', reason: `it failed (${message})` };
  }
  const details = listOf(isObject(error) ? error['details'] : undefined).filter(isObject);
  if (details.length === 0) return { verdict: 'objects', objections: [withPath(message)] };
  return { verdict: 'objects', objections: objectionsOf(details, document) };
}

/** Some of its messages name an operation: `/paths/users/{id}/get`, where the path is not escaped. */
function withPath(message: string): Objection {
  const [, path, method] = /(?:^|\s)\/paths(\/\S*)\/([a-z]+)(?=\s|$)/.exec(message) ?? [];
  if (path === undefined || method === undefined) return { message, around: [] };
  const place = pointer('paths', path, method);
  return { message, pointer: place, around: [place] };
}

/** One for each thing that does not fit: where several kinds are allowed, it fails as each of them. */
function objectionsOf(errors: readonly JsonObject[], document: JsonObject): readonly Objection[] {
  const choices = new Set(errors.filter(isChoice).map(({ instancePath }) => textOf(instancePath)));
  const byThing = new Map<string, { readonly place: string; readonly message: string }>();
  for (const error of errors) {
    if (isChoice(error) || isAboutReference(error)) continue;
    const place = textOf(error['instancePath']);
    const thing = innermost(place, choices) ?? place;
    const known = byThing.get(thing);
    if (known && known.place.length >= place.length) continue;
    byThing.set(thing, { place, message: textOf(error['message']) + namesIn(error['params']) });
  }
  return [...byThing].map(([thing, { place, message }]) => ({
    message,
    pointer: waysTo(place, document).at(-1),
    around: waysTo(thing, document),
  }));
}

function isChoice({ keyword }: JsonObject): boolean {
  return ['oneOf', 'anyOf', 'allOf', 'if', 'not'].includes(textOf(keyword));
}

/** Almost everything may be a reference instead, so that this is said of everything that fails. */
function isAboutReference({ keyword, params }: JsonObject): boolean {
  return keyword === 'required' && isObject(params) && params['missingProperty'] === '$ref';
}

function innermost(place: string, choices: ReadonlySet<string>): string | undefined {
  for (let at = place; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    if (choices.has(at)) return at;
  }
  return undefined;
}

/**
 * The pointers to a place of a document whose references were replaced: through each reference on
 * the way, the last as the place is written.
 */
function waysTo(place: string, document: JsonObject): readonly string[] {
  const ways = [place];
  let value: unknown = document;
  let way: string[] = [];
  const keys = keysOf(place);
  for (const [index, key] of keys.entries()) {
    for (let hops = 0; hops < 20 && isObject(value) && typeof value['$ref'] === 'string'; hops++) {
      const target = pointerOfFragment(value['$ref']);
      if (target === undefined || !value['$ref'].startsWith('#')) return ways;
      way = keysOf(target);
      value = valueAt(document, target);
      ways.push(joinKeys([...way, ...keys.slice(index)]));
    }
    way.push(key);
    value = valueAt(value, joinKeys([key]));
  }
  return ways;
}

/** What its message leaves out: which property is one too many, and which values are allowed. */
function namesIn(params: unknown): string {
  const { additionalProperty, unevaluatedProperty, allowedValues } = isObject(params) ? params : {};
  const name = additionalProperty ?? unevaluatedProperty;
  if (name !== undefined) return `: ${textOf(name)}`;
  return Array.isArray(allowedValues) ? `: ${allowedValues.map(textOf).join(', ')}` : '';
}
