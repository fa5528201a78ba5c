import type { MutableObject } from '../../json/narrow.ts';
import { quote } from '../quote.ts';
import type { Problems } from '../problems.ts';
import { upgradeSchema } from './schema.ts';

/** What a Swagger parameter, header or form field says of its value; OpenAPI 3 says it in a schema. */
const valueFields = new Set([
  'type',
  'format',
  'items',
  'default',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'enum',
  'multipleOf',
  'x-nullable',
]);

interface Split {
  readonly schema: MutableObject;
  readonly rest: MutableObject;
}

/** Tells what describes the value from what describes the parameter. */
export function splitValue(parameter: MutableObject): Split {
  const schema: MutableObject = {};
  const rest: MutableObject = {};
  for (const [key, value] of Object.entries(parameter)) {
    // Such as x-enum-varnames and x-ms-enum, which name the values.
    const isOfValue = valueFields.has(key) || /^x-(?:ms-)?enum/i.test(key);
    if (key !== 'collectionFormat') (isOfValue ? schema : rest)[key] = value;
  }
  upgradeSchema(schema);
  return { schema, rest };
}

/** A parameter in a path, a query or a header. */
export function upgradeParameter(
  parameter: MutableObject,
  at: string,
  problems: Problems,
): MutableObject {
  const { schema, rest } = splitValue(parameter);
  const { 'x-example': example, ...others } = rest;
  return {
    ...others,
    ...(example !== undefined && !('example' in others) ? { example } : undefined),
    ...styleOf(parameter, at, problems),
    schema: others['schema'] ?? schema,
  };
}

interface Style {
  readonly style?: string;
  readonly explode?: boolean;
}

/** How a list is written: `collectionFormat`, of which OpenAPI 3 has most. */
function styleOf(parameter: MutableObject, at: string, problems: Problems): Style {
  if (parameter['type'] !== 'array') return {};
  const format = parameter['collectionFormat'] ?? 'csv';
  if (parameter['in'] === 'query') {
    const style = queryStyles.get(String(format));
    if (style !== undefined) return style;
  } else if (format === 'csv') {
    return {};
  }
  warnOfFormat(String(format), String(parameter['in']), at, problems);
  return parameter['in'] === 'query' ? { style: 'form', explode: false } : {};
}

function warnOfFormat(format: string, place: string, at: string, problems: Problems): void {
  problems.warning(
    'load/list-format',
    `OpenAPI 3 cannot say ${quote(format)} of a list in a ${place}; its items are joined by commas.`,
    {
      pointer: `${at}/collectionFormat`,
      hint: 'Pass a joined string if the server needs another form.',
    },
  );
}

const queryStyles: ReadonlyMap<string, Style> = new Map([
  ['csv', { style: 'form', explode: false }],
  ['multi', { style: 'form', explode: true }],
  ['ssv', { style: 'spaceDelimited', explode: false }],
  ['pipes', { style: 'pipeDelimited', explode: false }],
]);

/** How a list in a form is written, where it is not by repeating its name. */
export function formStyleOf(
  field: MutableObject,
  at: string,
  problems: Problems,
): Style | undefined {
  const format = String(field['collectionFormat'] ?? 'csv');
  if (field['type'] !== 'array' || format === 'multi') return undefined;
  const style = queryStyles.get(format);
  if (!style) warnOfFormat(format, 'form', at, problems);
  return style ?? { style: 'form', explode: false };
}
