import type { Scalar } from '../../ir/ir.ts';
import { type JsonObject, own } from '../../json/narrow.ts';
import type { ValueTypes } from './context.ts';

/** What the values of a schema are in the client, where a target asks for more than JSON has. */
export function valueTypeOf(
  schema: JsonObject,
  values: ValueTypes,
  type: unknown = own(schema, 'type'),
): Scalar | undefined {
  const format = own(schema, 'format');
  if (format !== 'date-time' && format !== 'int64') return undefined;
  const types = new Set([type].flat());
  if (values.dates && format === 'date-time' && types.has('string'))
    return values.dates === 'Date' ? 'date' : 'instant';
  const isInteger = types.has('integer') || types.has('number');
  return values.int64 && format === 'int64' && isInteger ? 'bigint' : undefined;
}
