import { joinKeys, keysOf, pointer as pointerTo, valueAt } from '../../json/pointer.ts';
import { suggest } from '../../diagnostics/suggest.ts';
import { isObject, type MutableObject } from '../../json/narrow.ts';
import type { Version } from '../detect-version.ts';
import { describe, listed, quote } from '../quote.ts';
import type { Workspace } from '../workspace.ts';
import type { SchemaError } from './validate.ts';

/** Says what breaks the schema in words for the document's author: one fault once, at its own place. */
export function explainSchemaErrors(
  { document, version, problems }: Workspace,
  errors: readonly SchemaError[],
): void {
  const explained = new Map<string, Explanation>();
  for (const error of telling(errors)) {
    const explanation = explanationOf(error, subjectOf(document, error.instancePath), version);
    explained.set(`${explanation.pointer} ${explanation.message}`, explanation);
  }
  for (const { pointer, message, hint } of explained.values()) {
    problems.fault('load/invalid', message, { pointer, hint });
  }
}

interface Explanation {
  readonly pointer: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Leaves out what only follows from another error. */
function telling(errors: readonly SchemaError[]): readonly SchemaError[] {
  const own = errors.filter(({ keyword }) => !wrappers.has(keyword));
  const mistyped = new Set<string>();
  const undecided = new Set<string>();
  const faulty = new Set<string>();
  for (const { instancePath, keyword } of own) {
    if (keyword === 'type') mistyped.add(instancePath);
    if (keyword === 'oneOf' || keyword === 'anyOf') undecided.add(instancePath);
    if (keyword === 'unevaluatedProperties') continue;
    faulty.add(instancePath);
    faulty.add(instancePath.slice(0, Math.max(0, instancePath.lastIndexOf('/'))));
  }
  return own.filter(({ instancePath, keyword, schemaPath, parentSchema }) => {
    if (keyword === 'unevaluatedProperties') {
      // Where fields depend on others, a fault of one makes others seem unknown.
      const depends = ['allOf', 'dependentSchemas', 'if'].some(
        (key) => parentSchema?.[key] !== undefined,
      );
      return !depends || !faulty.has(instancePath);
    }
    if (keyword === 'oneOf' || keyword === 'anyOf' || keyword === 'type') return true;
    if (mistyped.has(instancePath)) return false;
    return !undecided.has(instancePath) || !/\/(?:oneOf|anyOf)\/\d+\//.test(schemaPath);
  });
}

/** They say that something inside them failed, which says itself what. */
const wrappers = new Set(['if', 'allOf', 'propertyNames', 'contains', 'dependentSchemas']);

function explanationOf(error: SchemaError, subject: string, version: Version): Explanation {
  const { instancePath: pointer, keyword, params, data } = error;
  switch (keyword) {
    case 'required':
      return { pointer, message: `${subject} lacks ${quote(params['missingProperty'])}.` };
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return unknownField(error, subject, version);
    case 'type':
      return {
        pointer,
        message: `${subject} must be ${typeOf(params['type'])}, but is ${describe(data)}.`,
        hint: typeHint(pointer, params['type'], data),
      };
    case 'enum':
    case 'const':
      return wrongValue(
        error,
        subject,
        keyword === 'enum' ? params['allowedValues'] : [params['allowedValue']],
      );
    case 'pattern':
      return {
        pointer,
        message: `${subject} has the wrong form: ${quote(data)} does not match ${String(params['pattern'])}.`,
      };
    case 'not':
      return { pointer, message: notMessage(error, subject) };
    case 'oneOf':
    case 'anyOf':
      return { pointer, message: choiceMessage(error, subject) };
    case 'false schema':
      return { pointer, message: `${subject} does not go together with what is beside it.` };
    case 'uniqueItems':
      return {
        pointer: pointer + pointerTo(String(params['i'])),
        message: `${subject} has the same item twice, at ${String(params['j'])} and ${String(params['i'])}.`,
      };
    default:
      return { pointer, message: `${subject} ${limit(keyword, params['limit'])}.` };
  }
}

/** What a pointer leads to, as one would say it: `"title"`, `item 2 of "servers"`, `The document`. */
function subjectOf(document: MutableObject, pointer: string): string {
  const keys = keysOf(pointer);
  const last = keys.pop();
  if (last === undefined) return 'The document';
  const list = keys.at(-1);
  return list !== undefined && Array.isArray(valueAt(document, joinKeys(keys)))
    ? `Item ${last} of ${quote(list)}`
    : quote(last);
}

function unknownField(
  { instancePath, params, parentSchema }: SchemaError,
  subject: string,
  version: Version,
): Explanation {
  const field = String(params['additionalProperty'] ?? params['unevaluatedProperty']);
  const pointer = instancePath + pointerTo(field);
  const patterns = isObject(parentSchema?.['patternProperties'])
    ? Object.keys(parentSchema['patternProperties'])
    : [];
  if (patterns.some((pattern) => /^\^\\?\/$/.test(pattern))) {
    return { pointer, message: `The path ${quote(field)} does not begin with a slash.` };
  }
  if (patterns.some((pattern) => pattern.includes('[1-5]') || pattern.includes('[0-9]{3}'))) {
    return {
      pointer,
      message: `A response is named ${quote(field)}.`,
      hint: 'Name it by its status code, by a class such as "4XX", or "default".',
    };
  }
  const fields = isObject(parentSchema?.['properties'])
    ? Object.keys(parentSchema['properties'])
    : [];
  const near = suggest(field, fields);
  return {
    pointer,
    message: `${subject} has a field ${quote(field)}, which ${nameOf(version)} does not know there.`,
    hint:
      near === undefined
        ? (otherVersions.get(field) ??
          `Remove it, or name it ${quote(`x-${field}`)} to keep it as an extension.`)
        : `Did you mean "${near}"?`,
  };
}

/** Fields of other versions that are often met. */
const otherVersions = new Map([
  ['const', 'Before OpenAPI 3.1, write an "enum" with one value.'],
  ['examples', 'Before OpenAPI 3.1, a schema has one "example".'],
  ['$defs', 'Before OpenAPI 3.1, schemas are kept in "components".'],
  ['webhooks', 'Webhooks came with OpenAPI 3.1; change the version if that is what you write.'],
  ['nullable', 'Since OpenAPI 3.1, null is one of the types: type: [string, "null"].'],
  ['definitions', 'Since OpenAPI 3, schemas stand under "components".'],
  ['consumes', 'Since OpenAPI 3, the media type stands in "requestBody".'],
  ['produces', 'Since OpenAPI 3, the media type stands in the response.'],
  ['host', 'Since OpenAPI 3, the address stands in "servers".'],
  ['basePath', 'Since OpenAPI 3, the address stands in "servers".'],
  ['schemes', 'Since OpenAPI 3, the address stands in "servers".'],
  ['components', 'In Swagger 2.0, schemas stand in "definitions".'],
  ['requestBody', 'In Swagger 2.0, the body is a parameter that is "in": "body".'],
]);

function nameOf(version: Version): string {
  return version === '2.0' ? 'Swagger 2.0' : `OpenAPI ${version}`;
}

function typeOf(type: unknown): string {
  const names = (Array.isArray(type) ? type : [type]).map((name) => {
    if (name === 'array') return 'a list';
    return name === 'object' || name === 'integer' ? `an ${name}` : `a ${String(name)}`;
  });
  return names.join(' or ');
}

function typeHint(pointer: string, type: unknown, data: unknown): string | undefined {
  if (type === 'string' && (typeof data === 'number' || typeof data === 'boolean')) {
    return `Put it in quotes: "${data}".`;
  }
  if (Array.isArray(data) && pointer.endsWith('/type')) {
    return 'Lists of types came with OpenAPI 3.1; change the version if that is what you write.';
  }
  return data === null ? 'Fill it in, or remove it.' : undefined;
}

function wrongValue(
  { instancePath, data }: SchemaError,
  subject: string,
  allowed: unknown,
): Explanation {
  const values: readonly unknown[] = Array.isArray(allowed) ? allowed : [];
  const words = values.filter((value) => typeof value === 'string');
  const near = typeof data === 'string' ? suggest(data, words) : undefined;
  return {
    pointer: instancePath,
    message: `${subject} must be ${listed(values)}, but is ${describe(data)}.`,
    hint: near === undefined ? undefined : `Did you mean "${near}"?`,
  };
}

function notMessage({ parentSchema }: SchemaError, subject: string): string {
  const excluded = parentSchema?.['not'];
  const required = isObject(excluded) ? excluded['required'] : undefined;
  if (Array.isArray(required)) {
    return required.length === 1
      ? `${subject} has ${quote(required[0])}, which does not go together with what is beside it.`
      : `${subject} has both ${required.map(quote).join(' and ')}; only one of them is allowed.`;
  }
  if (isObject(excluded) && 'patternProperties' in excluded) return `${subject} has no response.`;
  return `${subject} is not allowed as it stands.`;
}

function choiceMessage({ parentSchema, keyword }: SchemaError, subject: string): string {
  const alternatives: unknown = parentSchema?.[keyword];
  const fields = (Array.isArray(alternatives) ? alternatives : []).flatMap(
    (alternative: unknown) =>
      isObject(alternative) && Array.isArray(alternative['required'])
        ? alternative['required']
        : [],
  );
  if (fields.length === 0) return `${subject} is none of what may stand there.`;
  return `${subject} needs ${keyword === 'oneOf' ? 'exactly' : 'at least'} one of ${listed(fields)}.`;
}

function limit(keyword: string, value: unknown): string {
  const amount = String(value);
  switch (keyword) {
    case 'minItems':
      return `needs at least ${amount} item${amount === '1' ? '' : 's'}`;
    case 'minProperties':
      return `needs at least ${amount} field${amount === '1' ? '' : 's'}`;
    case 'maxProperties':
      return `may have ${amount} field${amount === '1' ? '' : 's'} only`;
    case 'minimum':
      return `must be at least ${amount}`;
    case 'exclusiveMinimum':
      return `must be more than ${amount}`;
    case 'minLength':
      return 'must not be empty';
  }
  return `does not satisfy ${keyword}`;
}
