import { type Diagnostics } from '../../diagnostics/diagnostics.ts';
import { pointer as pointerTo } from '../../json/pointer.ts';
import type { Doc, Param, ParamPlace, ParamShape, ParamStyle, Scalar, Type } from '../../ir/ir.ts';
import { docOf } from '../doc.ts';
import { schemaDoc } from '../schemas/enum-names.ts';
import { Names } from '../../ir/names.ts';
import { isObject, type JsonObject, objectOf, own, textOf } from '../../json/narrow.ts';
import { isJson } from './media.ts';
import type { References } from '../references.ts';
import type { Schemas } from '../schemas/schema.ts';

/** What reading a parameter needs to know of the API. */
export interface ParamContext {
  readonly references: References;
  readonly schemas: Schemas;
  readonly diagnostics: Diagnostics;
  /** The parameters that were read, by their JSON. */
  readonly params: Map<string, Param>;
  /** Whether the document is of OpenAPI 3.1 or later, where an empty schema of a part is bytes. */
  readonly isModern?: boolean | undefined;
  /** How a query parameter that is not a scalar is written where the document does not say. */
  readonly queryStyle?: ParamStyle | undefined;
  /** What the input calls parameters, by their name on the wire, where that would be awkward. */
  readonly inputNames?: Readonly<Record<string, string>> | undefined;
}

const places: readonly ParamPlace[] = ['path', 'query', 'header', 'cookie'];
const placeWords = { path: 'Path', query: 'Query', header: 'Header', cookie: 'Cookie' } as const;

/** Set by the client itself, whatever a document declares (OpenAPI 3, Parameter Object). */
const ownHeaders = new Set(['accept', 'content-type', 'authorization']);

/** The names of the properties of an operation's input. */
export function inputKeys(hasBody: boolean): Names {
  return new Names({ reserved: hasBody ? ['body', '__proto__'] : ['__proto__'] });
}

/** A parameter as the document has it. */
interface FoundParam {
  readonly source: JsonObject;
  readonly pointer: string;
  readonly place: ParamPlace;
  readonly name: string;
}

/** The parameters of an operation: those of its path, overridden and completed by its own. */
export function readParams(
  shared: readonly unknown[],
  special: readonly unknown[],
  at: { readonly path: string; readonly operation: string },
  keys: Names,
  context: ParamContext,
): readonly Param[] {
  const found = new Map<string, FoundParam>();
  const collect = (list: readonly unknown[], base: string): void => {
    let index = 0;
    for (const entry of list) {
      const { value, pointer } = context.references.follow(entry, `${base}/parameters/${index}`);
      index += 1;
      const place = placeOf(own(objectOf(value), 'in'));
      const name = isObject(value) ? textOf(value['name']) : '';
      if (!isObject(value) || !place || name === '') {
        context.diagnostics.warning(
          'operation/bad-parameter',
          'A parameter needs a `name` and an `in` of path, query, querystring, header or cookie; it is left out.',
          { pointer },
        );
        continue;
      }
      if (place === 'header' && ownHeaders.has(name.toLowerCase())) continue;
      found.set(`${place} ${name}`, { source: value, pointer, place, name });
    }
  };
  collect(shared, at.path);
  collect(special, at.operation);
  return [...found.values()]
    .toSorted((a, b) => places.indexOf(a.place) - places.indexOf(b.place))
    .map((one) => {
      const { place, name } = one;
      const key = keys.claim(
        textOf(own(context.inputNames ?? {}, name)) || name,
        `${name}${placeWords[place]}`,
      );
      const param = knownParam(one, key, context);
      return param.key === key ? param : { ...param, key };
    });
}

/** Operations repeat the same parameters; what a diagnostic is about is read wherever it stands. */
function knownParam(found: FoundParam, key: string, context: ParamContext): Param {
  const text = JSON.stringify(found.source);
  const known = context.params.get(text);
  if (known) return known;
  const before = context.diagnostics.count;
  const param = readParam(found, key, context);
  if (context.diagnostics.count === before) context.params.set(text, param);
  return param;
}

/** The whole query (OpenAPI 3.2) is a part of the query like others. */
function placeOf(given: unknown): ParamPlace | undefined {
  return given === 'querystring' ? 'query' : places.find((one) => one === given);
}

function readParam(
  { source, pointer, place, name }: FoundParam,
  key: string,
  context: ParamContext,
): Param {
  const [mediaType, entry] = Object.entries(objectOf(own(source, 'content')))[0] ?? [];
  const media =
    mediaType === undefined
      ? { value: source, pointer }
      : context.references.follow(entry, `${pointer}${pointerTo('content', mediaType)}`);
  const schema = own(objectOf(media.value), 'schema');
  const at = media.pointer;
  const type = context.schemas.typeOf(schema, `${at}/schema`, 'input');
  const style =
    mediaType === undefined
      ? styleOf(source, place, type, context)
      : contentStyle(mediaType, own(source, 'in'));
  const explode = own(source, 'explode');
  const isPlainList = style === 'brackets' && isListOfScalars(type, context.schemas);
  return {
    // A list of scalars in brackets is one that repeats its name: `name[]=a&name[]=b`.
    name: isPlainList ? `${name}[]` : name,
    key,
    in: place,
    required: place === 'path' || own(source, 'required') === true,
    type,
    shape:
      place === 'path' && admitsNull(type, context.schemas)
        ? 'mixed'
        : shapeOf(type, context.schemas),
    style: isPlainList ? 'form' : style,
    explode:
      isPlainList ||
      (typeof explode === 'boolean' ? explode : style === 'form' || style === 'cookie'),
    allowReserved: own(source, 'allowReserved') === true,
    doc: paramDoc(source, schema),
  };
}

/** A value under a media type: JSON, or the text that it is. */
function contentStyle(mediaType: string, place: unknown): ParamStyle {
  const isWhole = place === 'querystring';
  if (isJson(mediaType)) return isWhole ? 'wholeJson' : 'json';
  const isForm = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(mediaType);
  if (isWhole) return isForm ? 'form' : 'whole';
  return place === 'path' || place === 'header' ? 'simple' : 'form';
}

/** What a parameter says about itself; where it is silent, its schema speaks. */
function paramDoc(source: JsonObject, schema: unknown): Doc {
  const doc = docOf(source);
  const inner = schemaDoc(objectOf(schema));
  const { summary, description } = doc.summary === '' ? inner : doc;
  return {
    ...inner,
    ...doc,
    summary,
    description,
    deprecated: doc.deprecated || inner.deprecated,
  };
}

const styles: readonly ParamStyle[] = [
  'simple',
  'label',
  'matrix',
  'form',
  'spaceDelimited',
  'pipeDelimited',
  'deepObject',
  'cookie',
];

function styleOf(
  source: JsonObject,
  place: ParamPlace,
  type: Type,
  context: ParamContext,
): ParamStyle {
  const said = own(source, 'style');
  const wanted = styles.find((style) => said === style);
  if (wanted && (wanted !== 'cookie' || place === 'cookie')) return wanted;
  if (place === 'path' || place === 'header') return 'simple';
  const isScalar = shapeOf(type, context.schemas) === 'scalar';
  return place === 'query' && context.queryStyle && !isScalar ? context.queryStyle : 'form';
}

const scalarNames: ReadonlySet<Scalar> = new Set<Scalar>([
  'string',
  'number',
  'boolean',
  'null',
  'date',
  'instant',
  'bigint',
]);

/** What values of a type are. Nothing is written for `null`, and so it does not count. */
function shapeOf(type: Type, schemas: Schemas, depth = 0): ParamShape {
  if (depth > 20) return 'mixed';
  const plain = schemas.resolve(type);
  switch (plain.kind) {
    case 'literals':
      return 'scalar';
    case 'scalar':
      return scalarNames.has(plain.name) ? 'scalar' : 'mixed';
    case 'array':
    case 'stream':
    case 'tuple':
      return 'list';
    case 'object':
    case 'record':
      return 'object';
    case 'union': {
      const values = plain.members.filter((one) => one.kind !== 'scalar' || one.name !== 'null');
      const shapes = new Set(values.map((member) => shapeOf(member, schemas, depth + 1)));
      const [first = 'mixed', ...others] = shapes;
      if (others.length === 0) return first;
      return shapes.has('object') || shapes.has('mixed') ? 'mixed' : 'list';
    }
    case 'intersection':
      return plain.members.some((member) => shapeOf(member, schemas, depth + 1) === 'scalar')
        ? 'scalar'
        : 'object';
    case 'named':
      return 'mixed';
  }
}

function isListOfScalars(type: Type, schemas: Schemas): boolean {
  const plain = schemas.resolve(type);
  return plain.kind === 'array' && shapeOf(plain.items, schemas) === 'scalar';
}

/** Whether `null` is among the values: as text of a path it would mean something else. */
function admitsNull(type: Type, schemas: Schemas, depth = 0): boolean {
  const plain = schemas.resolve(type);
  if (plain.kind === 'scalar') return plain.name === 'null';
  return (
    plain.kind === 'union' &&
    depth < 20 &&
    plain.members.some((member) => admitsNull(member, schemas, depth + 1))
  );
}
