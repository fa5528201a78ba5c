import { type OpenApiVersion } from './openapi-document.ts';
import { isObject, type MutableObject } from '../json/narrow.ts';
import { quote } from './quote.ts';
import type { Problems } from './problems.ts';

/** The version that a document says it is written in. */
export type Version = '2.0' | OpenApiVersion;

export interface DetectedVersion {
  readonly document: MutableObject;
  readonly version: Version;
}

/** Tells whether a value is a document that can be read; undefined where not, which is then reported. */
export function detectVersion(
  name: string,
  value: unknown,
  problems: Problems,
): DetectedVersion | undefined {
  if (!isObject(value)) {
    problems.error('load/not-openapi', `${name} is ${kindOf(value)}, not an OpenAPI document.`, {
      file: name,
      hint:
        typeof value === 'string' && value.startsWith('<')
          ? 'This looks like a web page; give the address of the document itself.'
          : 'An OpenAPI document is an object that begins with "openapi" or "swagger".',
    });
    return undefined;
  }
  const key = Object.hasOwn(value, 'openapi') ? 'openapi' : 'swagger';
  if (!Object.hasOwn(value, key)) {
    problems.error('load/not-openapi', `${name} has neither "openapi" nor "swagger" at its root.`, {
      file: name,
      hint: otherFormat(value),
    });
    return undefined;
  }
  const written = value[key];
  const version = versionOf(key, written);
  if (version === undefined) {
    problems.error(
      'load/unsupported-version',
      `${name} says ${key}: ${quote(written)}, which is not supported.`,
      {
        pointer: `/${key}`,
        hint: 'Supported are OpenAPI 3.0, 3.1 and 3.2, and Swagger 2.0.',
      },
    );
    return undefined;
  }
  if (typeof written === 'number') {
    problems.fault('load/invalid', `The version is a number, where a string is needed.`, {
      pointer: `/${key}`,
      hint: `Put it in quotes: ${key}: "${version === '2.0' ? version : `${version}.0`}".`,
    });
    value[key] = version === '2.0' ? version : `${version}.0`;
  }
  return { document: value, version };
}

function versionOf(key: 'openapi' | 'swagger', written: unknown): Version | undefined {
  if (typeof written !== 'string' && typeof written !== 'number') return undefined;
  // YAML reads an unquoted 2.0 as the number 2.
  const text = Number.isInteger(written) ? `${written}.0` : String(written).trim();
  if (key === 'swagger') return text === '2.0' ? '2.0' : undefined;
  switch (/^3\.[012](?=\.|-|$)/.exec(text)?.[0]) {
    case '3.0':
      return '3.0';
    case '3.1':
      return '3.1';
    case '3.2':
      return '3.2';
  }
  return undefined;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return `a ${typeof value}`;
}

/** People try what they have; say what it is. */
function otherFormat(value: MutableObject): string {
  const { info } = value;
  if ('asyncapi' in value) return 'This is an AsyncAPI document, which describes messages.';
  if ('swaggerVersion' in value) return 'This is Swagger 1.x; convert it to OpenAPI 3 first.';
  if (isObject(info) && '_postman_id' in info) {
    return 'This is a Postman collection; export it as OpenAPI first.';
  }
  if (value['kind'] === 'discovery#restDescription') {
    return 'This is a Google API discovery document; convert it to OpenAPI first.';
  }
  if ('$schema' in value) return 'This is a JSON Schema without an API.';
  return 'An OpenAPI document begins with "openapi", for example openapi: 3.1.0.';
}
