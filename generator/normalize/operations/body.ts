import type { Body, BodyContent, BodyEncoding, PartHeaders, Property, Type } from '../../ir/ir.ts';
import type { Names } from '../../ir/names.ts';
import { noDoc } from '../../ir/doc.ts';
import { isUnknown, scalar, unite } from '../../ir/type.ts';
import { isObject, type JsonObject, objectOf, own, sortedEntries } from '../../json/narrow.ts';
import { docOf } from '../doc.ts';
import { fieldsOf } from '../schemas/fields.ts';
import { holdsBytes } from '../schemas/holds-bytes.ts';
import { contentsOf, type Content } from './contents.ts';
import type { ParamContext } from './params.ts';
import {
  anyBytes,
  type Field,
  fieldsIn,
  formRules,
  partRules,
  withAnyBytes,
  withBytes,
} from './parts.ts';

/** A request body, and where it stands. */
export interface BodyPlace {
  readonly method: string;
  readonly operation: JsonObject;
  readonly pointer: string;
}

/** Reads the body that an operation sends: all media types that say something of their own. */
export function readBody(source: BodyPlace, context: ParamContext): Body | undefined {
  const declared = own(source.operation, 'requestBody');
  if (declared === undefined) return undefined;
  const { value, pointer } = context.references.follow(declared, `${source.pointer}/requestBody`);
  if (!isObject(value)) return undefined;
  const offered = contentsOf(own(value, 'content'), `${pointer}/content`, context.references);
  if (offered.length === 0) return undefined;
  if (source.method === 'GET' || source.method === 'HEAD' || source.method === 'TRACE') {
    context.diagnostics.warning(
      'operation/body-not-sent',
      `A ${source.method} request cannot carry a body; it is left out.`,
      { pointer },
    );
    return undefined;
  }
  const all = offered.map((content) => readContent(content, context));
  const telling =
    all.length === 1 ? all : all.filter((one, index) => saysMore(one, all.slice(0, index)));
  const [first = all[0]!, ...others] = telling;
  const types = [first, ...others].map(({ type }) => type);
  return {
    key: 'body',
    required: own(value, 'required') === true,
    type: unite(types),
    contents: [
      contentOf(first, false),
      ...others.map((one, index) =>
        contentOf(one, !types.slice(0, index + 1).some((type) => admitsText(type, context))),
      ),
    ],
    doc: docOf(value),
  };
}

interface Read {
  readonly source: Content;
  readonly type: Type;
  readonly encoding: BodyEncoding;
  readonly fields: BodyContent['fields'];
}

function readContent(source: Content, context: ParamContext): Read {
  const { schemas, references } = context;
  const { mediaType, described, schema, encoding } = source;
  const type = schemas.typeOf(schema, source.pointer, 'input');
  const fields = (): readonly Field[] => fieldsIn(schema, own(described, 'encoding'), references);
  switch (encoding) {
    case 'json':
    case 'jsonOrBytes': {
      const plain = schemas.resolve(type);
      if (plain.kind === 'scalar' && plain.name === 'binary')
        return { source, type: anyBytes, encoding: 'binary', fields: undefined };
      const isOpen = isUnknown(plain) || holdsBytes(type, schemas) || mediaType.includes('*');
      return { source, type, encoding: isOpen ? 'jsonOrBytes' : 'json', fields: undefined };
    }
    case 'form':
      return { source, type: fieldsOf(type, schemas), encoding, fields: formRules(fields()) };
    case 'multipart': {
      const isForm = mediaType.toLowerCase().startsWith('multipart/form-data');
      const parts = fields();
      const whole = withAnyBytes(
        withBytes(type, parts, context.isModern ?? false, schemas),
        schemas,
      );
      const isList = !isForm && schemas.resolve(type).kind === 'array';
      return {
        source,
        type: isList ? type : fieldsOf(whole, schemas),
        encoding,
        fields: [...partRules(parts, isForm), ...itemRules(described, isForm)],
      };
    }
    case 'text': {
      const plain = schemas.resolve(type);
      const isFile = plain.kind === 'scalar' && plain.name === 'binary';
      const text = isFile ? unite([scalar('string'), anyBytes]) : scalar('string');
      return { source, type: text, encoding, fields: undefined };
    }
    case 'binary':
      return { source, type: anyBytes, encoding, fields: undefined };
  }
}

/** The media types of parts without names (OpenAPI 3.2): by position, and of all others. */
function itemRules(
  described: JsonObject,
  isForm: boolean,
): readonly { name: string; contentType: string }[] {
  if (isForm) return [];
  const positions = own(described, 'prefixEncoding');
  const list = Array.isArray(positions)
    ? positions.map((one, index) => [`${index}`, one] as const)
    : [];
  return [...list, ['*', own(described, 'itemEncoding')] as const].flatMap(([name, encoding]) => {
    const contentType = own(objectOf(encoding), 'contentType');
    return typeof contentType === 'string' ? [{ name, contentType }] : [];
  });
}

/**
 * Whether a media type says what none before it does. The same JSON under `text/json`, and as XML,
 * is nothing to choose.
 */
function saysMore({ source, encoding }: Read, before: readonly Read[]): boolean {
  const isStructured = before.some(
    (other) => other.encoding !== 'text' && other.encoding !== 'binary',
  );
  if (encoding === 'text' && isStructured && describesStructure(source.schema)) return false;
  const isTwin = /^(text\/json|application\/\*\+json)\b/i.test(source.mediaType);
  return !(
    isTwin &&
    before.some(
      (other) =>
        other.encoding === encoding &&
        JSON.stringify(other.source.schema) === JSON.stringify(source.schema),
    )
  );
}

function describesStructure(schema: unknown): boolean {
  const type = own(objectOf(schema), 'type');
  return isObject(schema) && type !== 'string' && Object.keys(schema).length > 0;
}

function contentOf({ source, encoding, fields }: Read, takesText: boolean): BodyContent {
  return {
    mediaType: source.mediaType,
    encoding,
    ...(fields && fields.length > 0 ? { fields } : {}),
    ...(encoding === 'text' && takesText ? { takesText } : {}),
  };
}

function admitsText(type: Type, { schemas }: ParamContext): boolean {
  const plain = schemas.resolve(type);
  switch (plain.kind) {
    case 'scalar':
      return plain.name === 'string' || plain.name === 'unknown';
    case 'literals':
      return plain.values.some((value) => typeof value === 'string');
    case 'union':
      return plain.members.some((member) =>
        member.kind === 'scalar' ? member.name === 'string' : member.kind === 'literals',
      );
    default:
      return false;
  }
}

/** Headers that the document declares of parts, as a property of the input. */
export function readPartHeaders(
  source: BodyPlace,
  keys: Names,
  context: ParamContext,
): PartHeaders | undefined {
  const { references, schemas } = context;
  const { value, pointer } = references.follow(
    own(source.operation, 'requestBody'),
    `${source.pointer}/requestBody`,
  );
  const content = contentsOf(own(objectOf(value), 'content'), `${pointer}/content`, references);
  const parts = content
    .filter(({ encoding }) => encoding === 'multipart')
    .flatMap(({ described }) => sortedEntries(own(described, 'encoding')))
    .flatMap(([name, entry]): readonly Property[] => {
      const found = references.follow(entry, pointer);
      const headers = sortedEntries(own(objectOf(found.value), 'headers'))
        .filter(([header]) => !/^content-(type|disposition|id)$/i.test(header))
        .map(([header, declared]): Property => {
          const { value: described, pointer: at } = references.follow(declared, found.pointer);
          const object = objectOf(described);
          return {
            name: header,
            required: own(object, 'required') === true,
            type: schemas.typeOf(own(object, 'schema'), `${at}/schema`, 'input'),
            doc: docOf(object),
          };
        });
      const required = headers.some((header) => header.required);
      return headers.length === 0
        ? []
        : [{ name, required, type: { kind: 'object', properties: headers }, doc: noDoc }];
    });
  if (parts.length === 0) return undefined;
  return {
    key: keys.claim('partHeaders', 'headersOfParts'),
    required: parts.some((part) => part.required),
    type: { kind: 'object', properties: parts },
  };
}
