import { withConstraints } from '../../ir/constraints.ts';
import type { Type } from '../../ir/ir.ts';
import { scalar, unknown } from '../../ir/type.ts';
import { type JsonObject, own } from '../../json/narrow.ts';
import { type Context, nested } from './context.ts';
import { propertiesOf } from './object.ts';

/** What a schema says that has a type and no other keyword that counts, as most have. */
export function usualType(schema: JsonObject, context: Context): Type | undefined {
  if (!isUsual(schema)) return undefined;
  const type = own(schema, 'type');
  switch (type) {
    case 'array':
      return { kind: 'array', items: nested(context, own(schema, 'items'), 'items') };
    case 'object': {
      const properties = propertiesOf(schema, noNames, context);
      return properties.length === 0
        ? { kind: 'record', values: unknown }
        : { kind: 'object', properties };
    }
    default:
      return usualScalars.get(type);
  }
}

const noNames: ReadonlySet<unknown> = new Set();

/** Whether a schema has no keywords but `type`, what belongs to it, and what restricts no value. */
function isUsual(schema: JsonObject): boolean {
  for (const key in schema)
    switch (key) {
      case 'type':
      case 'properties':
      case 'items':
      case 'title':
      case 'description':
      case 'default':
      case 'example':
      case 'examples':
      case 'deprecated':
      case 'readOnly':
      case 'writeOnly':
      case 'externalDocs':
      case 'nullable':
      case 'x-release-stage':
        continue;
      default:
        return false;
    }
  return true;
}

const usualScalars: ReadonlyMap<unknown, Type> = new Map([
  ['string', scalar('string')],
  ['integer', withConstraints(scalar('number'), { integer: true })],
  ['number', scalar('number')],
  ['boolean', scalar('boolean')],
]);
