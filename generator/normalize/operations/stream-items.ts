import type { Property, Type } from '../../ir/ir.ts';
import { scalar, unite, unknown } from '../../ir/type.ts';
import { isObject, listOf, objectOf, own } from '../../json/narrow.ts';
import type { AnswerMedia } from './media.ts';
import type { ParamContext } from './params.ts';

/** The fields of a server-sent event (HTML, 9.2.6). */
const EVENT_FIELDS = new Set(['data', 'event', 'id', 'retry']);

/**
 * The type of a stream's items: `itemSchema` (OpenAPI 3.2), the items of a `schema` that is a list,
 * or the `schema` itself, as documents before 3.2 describe a single item with it.
 */
export function streamItems(media: AnswerMedia, pointer: string, context: ParamContext): Type {
  const [schema, at] =
    media.itemSchema === undefined
      ? [media.schema, `${pointer}/schema`]
      : [media.itemSchema, `${pointer}/itemSchema`];
  if (schema === undefined) return media.reading === 'events' ? scalar('string') : unknown;
  const event = media.reading === 'events' ? eventData(schema, at, context) : undefined;
  if (event) return event;
  const type = context.schemas.typeOf(schema, at, 'result');
  const plain = context.schemas.resolve(type);
  return media.itemSchema === undefined && plain.kind === 'array' ? plain.items : type;
}

/**
 * The type of an event's data where a schema describes whole events, as 3.2 has it: `{ data, event,
 * id, retry }`, of which `data` may be JSON in a text.
 */
function eventData(schema: unknown, pointer: string, context: ParamContext): Type | undefined {
  const found = context.references.follow(schema, pointer);
  const type = context.schemas.resolve(context.schemas.typeOf(schema, pointer, 'result'));
  const choices = objectOf(found.value);
  const key = (['oneOf', 'anyOf'] as const).find((one) => own(choices, one) !== undefined);
  if (key) {
    const each = listOf(own(choices, key)).map((choice, index) =>
      eventData(choice, `${found.pointer}/${key}/${index}`, context),
    );
    return each.length > 0 && each.every((one) => one !== undefined) ? unite(each) : undefined;
  }
  const properties = type.kind === 'object' ? type.properties : [];
  const data = properties.find(({ name }) => name === 'data');
  if (!data || !properties.every(isEventField) || !isObject(found.value)) return undefined;
  const declared = objectOf(own(objectOf(own(found.value, 'properties')), 'data'));
  const content = own(declared, 'contentSchema');
  return content === undefined
    ? data.type
    : context.schemas.typeOf(content, `${found.pointer}/properties/data/contentSchema`, 'result');
}

function isEventField({ name }: Property): boolean {
  return EVENT_FIELDS.has(name);
}
